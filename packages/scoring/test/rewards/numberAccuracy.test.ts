import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { numberAccuracy } from "../../src/rewards/numberAccuracy.ts";

test("paper: 1 - |y - y'| / min(y, y'), the same from both sides, and 0 from twice the smaller on", () => {
  expect(numberAccuracy(4, 5, "paper")).toBe(0.75);
  expect(numberAccuracy(5, 4, "paper")).toBe(0.75);
  expect([numberAccuracy(2, 1, "paper"), numberAccuracy(1, 9, "paper")]).toEqual([0, 0]);
});

test("0 or less is worth nothing unless it is the truth", () => {
  for (const accuracy of ["paper", "mra"] as const) {
    expect([numberAccuracy(0, 0, accuracy), numberAccuracy(-2, -2, accuracy)]).toEqual([1, 1]);
    expect([numberAccuracy(0, 3, accuracy), numberAccuracy(-3, 3, accuracy), numberAccuracy(3, 0, accuracy)]).toEqual([
      0, 0, 0,
    ]);
    expect([numberAccuracy(7, -2, accuracy), numberAccuracy(Number.NaN, 3, accuracy)]).toEqual([0, 0]);
  }
});

test("is in 0 to 1 for all doubles", () => {
  fc.assert(
    fc.property(
      fc.double(),
      fc.double(),
      fc.constantFrom("paper" as const, "mra" as const),
      (predicted, truth, accuracy) => {
        const worth = numberAccuracy(predicted, truth, accuracy);
        expect(worth >= 0 && worth <= 1).toBe(true);
      },
    ),
  );
});
