import { expect, test } from "@jest/globals";
import { footprintDistance } from "../../src/routes/footprintDistance.ts";
import { objectAt, turned } from "../support/facts.ts";

const bed = objectAt(0, "bed", [1, 1, 5], [2, 1, 0.5]);

test("from an upright box on the floor plane, whatever its height", () => {
  expect(footprintDistance(bed.box, [1, 1])).toBe(0);
  expect(footprintDistance(bed.box, [2.5, 1])).toBeCloseTo(0.5, 12);
  expect(footprintDistance(bed.box, [2.3, 1.9])).toBeCloseTo(0.5, 12);
});

test("a quarter turn exchanges its sides", () => {
  expect(footprintDistance(turned(bed, Math.PI / 2).box, [2.5, 1])).toBeCloseTo(1, 12);
});
