import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { asciiBytes } from "../../src/rewards/asciiBytes.ts";

test("the bytes are the characters of a text that is ASCII, and no others have any", () => {
  const text = fc.oneof(fc.string({ unit: "binary-ascii" }), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(text, (written) => {
      const codes = Array.from({ length: written.length }, (_, at) => written.charCodeAt(at));
      const bytes = asciiBytes(written);
      expect(bytes === null ? null : [...bytes.subarray(0, written.length + 1)]).toEqual(
        codes.every((code) => code < 128) ? [...codes, 0] : null,
      );
    }),
  );
});

test("a text is none by its last character, however long it is, nor where the bytes before it fill the memory", () => {
  for (const length of [32_765, 32_766, 32_767, 32_768, 32_769, 100_000]) {
    const text = "a".repeat(length);
    expect(asciiBytes(text)?.[length]).toBe(0);
    for (const other of ["\x80", "\u2028", "\ud800", "😀"]) {
      expect(asciiBytes(text.slice(other.length) + other)).toBeNull();
      expect(asciiBytes(other + text.slice(other.length))).toBeNull();
    }
  }
  // As many bytes as the text has characters, but of a third of them.
  for (let ascii = 0; ascii < 4; ascii += 1) {
    expect(asciiBytes("a".repeat(ascii) + "\u2028".repeat(32_767 - ascii))).toBeNull();
  }
});
