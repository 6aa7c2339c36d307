import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type ScanNetSplit, splitOf, VALIDATION_SHARE } from "../../src/splits/splitOf.ts";

const listed = new Map<string, ScanNetSplit>([
  ["scene0000", "train"],
  ["scene0011", "val"],
  ["scene0707", "test"],
]);

test("a room on ScanNet's lists goes by its list, whatever the scan and seed", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 99 }), (seed, scan) => {
      const suffix = String(scan).padStart(2, "0");
      expect(splitOf(`scene0000_${suffix}`, listed, seed)).toBe("train");
      expect(splitOf(`scene0011_${suffix}`, listed, seed)).toBe("validation");
      expect(splitOf(`scene0707_${suffix}`, listed, seed)).toBe("test");
    }),
  );
});

const room = fc.integer({ min: 0, max: 9999 }).map((number) => `scene${String(number).padStart(4, "0")}`);
const scan = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, "0"));

test("scans of one room share a split and it is never test, for rooms on no list", () => {
  fc.assert(
    fc.property(room, scan, scan, fc.integer(), (name, one, other, seed) => {
      const split = splitOf(`${name}_${one}`, new Map(), seed);
      expect(split).toBe(splitOf(`${name}_${other}`, new Map(), seed));
      expect(["train", "validation"]).toContain(split);
    }),
  );
});

test("a tenth of the rooms on no list goes to validation, within four standard deviations, and the seed matters", () => {
  const rooms = Array.from({ length: 4000 }, (_, number) => `scene${number + 1000}_00`);
  const validationOf = (seed: number) => rooms.filter((id) => splitOf(id, new Map(), seed) === "validation");
  const expected = rooms.length * VALIDATION_SHARE;
  const bound = 4 * Math.sqrt(expected * (1 - VALIDATION_SHARE));
  expect(Math.abs(validationOf(0).length - expected)).toBeLessThan(bound);
  expect(validationOf(1)).not.toEqual(validationOf(0));
});
