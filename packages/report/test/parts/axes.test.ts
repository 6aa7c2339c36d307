import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { extentFromZero, extentOf } from "../../src/parts/axes.tsx";

test("an extent holds every value and is never empty", () => {
  const value = fc.double({ min: -1e100, max: 1e100, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (values) => {
      for (const [low, high] of [extentOf(values), extentFromZero(values)]) {
        expect(low).toBeLessThan(high);
        expect(values.every((value) => low <= value && value <= high)).toBe(true);
      }
    }),
  );
});

test("that of bars holds zero, that of one value has it in the middle", () => {
  expect(extentFromZero([3, 5])).toEqual([0, 5]);
  expect(extentFromZero([-3])).toEqual([-3, 0]);
  expect(extentFromZero([0])).toEqual([0, 1]);
  expect(extentOf([4])).toEqual([2, 6]);
  expect(extentOf([4], "logarithmic")).toEqual([2, 8]);
});
