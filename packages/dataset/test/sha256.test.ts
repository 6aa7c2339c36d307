import { expect, jest, test } from "@jest/globals";
import { sha256, sha256Hex } from "@vsi/dataset/internal";
import fc from "fast-check";

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** As a browser loads it, which has no modules of Node's. */
async function loadedInABrowser(): Promise<typeof import("../src/sha256.ts")> {
  const { getBuiltinModule } = process;
  process.getBuiltinModule = (() => undefined) as typeof getBuiltinModule;
  try {
    jest.resetModules();
    return await import("../src/sha256.ts");
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
}

test("gives the digests that FIPS 180-4's examples have", () => {
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("a browser's digests are Node's, of halves of surrogate pairs too", async () => {
  const portable = await loadedInABrowser();
  expect([sha256, portable.sha256].map((of) => Buffer.isBuffer(of("")))).toEqual([true, false]);
  fc.assert(
    fc.property(fc.string({ unit: fc.integer({ max: 0xffff }).map((code) => String.fromCharCode(code)) }), (text) => {
      expect(portable.sha256Hex(text)).toBe(sha256Hex(text));
      expect(hex(portable.sha256(text))).toBe(sha256Hex(text));
      expect(hex(sha256(text))).toBe(sha256Hex(text));
    }),
  );
});
