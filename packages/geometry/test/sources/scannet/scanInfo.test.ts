import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isScanId, readScanInfo, scanIdOf } from "../../../src/sources/scannet/scanInfo.ts";
import { mutatedBytes } from "../../support/mutatedBytes.ts";
import { thrownCode, thrownError } from "../../support/thrownError.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** A rotation by `yaw` about +Z and a translation, as ScanNet writes it: row major, six decimals. */
function alignment(yaw: number, [x, y, z] = [0, 0, 0]): string[] {
  const [cosine, sine] = [Math.cos(yaw), Math.sin(yaw)];
  return [cosine, -sine, 0, x, sine, cosine, 0, y, 0, 0, 1, z, 0, 0, 0, 1].map((value) => value.toFixed(6));
}

const line = (numbers: string[]) => encode(`axisAlignment = ${numbers.join(" ")} \n`);

describe("readScanInfo", () => {
  test.each(["\n", "\r\n"])("reads keys with line end %j, trailing blanks and unknown keys", (lineEnd) => {
    const numbers = alignment(0.3, [1, -2, 0.5]);
    const lines = [`axisAlignment = ${numbers.join(" ")} `, "colorHeight = 968", "", "note = a = b", "sceneType = "];
    const { axisAlignment, values } = readScanInfo(encode(lines.join(lineEnd)));
    expect([...(axisAlignment ?? [])]).toEqual(numbers.map(Number));
    expect([...values.keys()]).toEqual(["axisAlignment", "colorHeight", "note", "sceneType"]);
    expect(values.get("note")).toBe("a = b");
  });

  test("without axisAlignment there is none", () => {
    expect(readScanInfo(encode("colorHeight = 968\n")).axisAlignment).toBeNull();
  });

  test("takes every rotation about +Z, as written with six decimals", () => {
    const metres = fc.double({ min: -100, max: 100, noNaN: true });
    const yaw = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(yaw, metres, metres, metres, (angle, x, y, z) => {
        const numbers = alignment(angle, [x, y, z]);
        expect([...(readScanInfo(line(numbers)).axisAlignment ?? [])]).toEqual(numbers.map(Number));
      }),
    );
  });

  const good = alignment(0.3);
  const scaled = good.map((value, index) => (index === 15 ? value : String(Number(value) * 1.1)));
  const mirrored = good.map((value, index) => (index < 4 ? String(-Number(value)) : value));
  const tilted = ["1", "0", "0", "0", "0", "0.8", "-0.6", "0", "0", "0.6", "0.8", "0", "0", "0", "0", "1"];
  test.each([
    ["15 numbers", good.slice(1), "15 numbers"],
    ["17 numbers", [...good, "1"], "17 numbers"],
    ["no numbers", [], "0 numbers"],
    ["NaN", good.with(3, "NaN"), '"NaN" as number 4'],
    ["an infinite number", good.with(7, "1e999"), '"1e999" as number 8'],
    ["hexadecimal", good.with(7, "0x10"), '"0x10" as number 8'],
    ["a scale", scaled, "as number 11"],
    ["a mirroring", mirrored, "upper left corner"],
    ["a scale of the floor alone", good.with(0, "2").with(5, "2"), "upper left corner"],
    ["a tilt", tilted, "-0.6 as number 7"],
    ["another last row", good.with(15, "0"), "as number 16"],
  ])("refuses %s and says which", async (_, numbers, got) => {
    const error = await thrownError(() => readScanInfo(line(numbers)));
    expect(error?.code).toBe("scan-info-bad-alignment");
    expect(error?.detail.got).toContain(got);
  });

  test.each([
    ["axisAlignment: 1 2 3", "scan-info-bad-line"],
    ["= 5", "scan-info-bad-line"],
    ["a = 1\na = 2", "scan-info-repeated-key"],
  ])("refuses %j", async (text, code) => {
    expect(await thrownCode(() => readScanInfo(encode(text)))).toBe(code);
  });

  test("no bytes give anything but 16 finite numbers, none, or a GeometryError", async () => {
    const inputs = fc.oneof(fc.uint8Array({ maxLength: 100 }), mutatedBytes(line(good)));
    await fc.assert(
      fc.asyncProperty(inputs, async (bytes) => {
        await thrownCode(() => {
          const { axisAlignment } = readScanInfo(bytes);
          if (axisAlignment !== null) expect([...axisAlignment].filter(Number.isFinite)).toHaveLength(16);
        });
      }),
      { numRuns: 1000 },
    );
  });
});

describe("scanId", () => {
  test.each(["scene0000_00", "scene9999_99"])("%s is one", (name) => {
    expect(isScanId(name)).toBe(true);
  });

  test.each(["", "scene000_00", "scene0000_000", "scene0000_00\n", "xscene0000_00", "Scene0000_00", "scene0000_00/.."])(
    "%j is none",
    (name) => {
      expect(isScanId(name)).toBe(false);
    },
  );

  test("is read from sceneIds with and without ScanNet's prefix", () => {
    expect(scanIdOf("scannet.scene0217_01")).toBe("scene0217_01");
    expect(scanIdOf("scene0217_01")).toBe("scene0217_01");
    expect(scanIdOf("scannet.scannet.scene0217_01")).toBeNull();
  });
});
