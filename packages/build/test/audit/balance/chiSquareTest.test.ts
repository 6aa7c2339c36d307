import { describe, expect, test } from "@jest/globals";
import { chiSquareProbability } from "../../../src/audit/balance/chiSquareTest.ts";

describe("chiSquareProbability", () => {
  test("printed tables: 5 %, 1 % and 0.1 % points (Abramowitz and Stegun, table 26.8)", () => {
    const points = [
      [1, 3.84146, 0.05],
      [1, 6.6349, 0.01],
      [2, 5.99146, 0.05],
      [3, 7.81473, 0.05],
      [3, 16.2662, 0.001],
      [5, 15.0863, 0.01],
      [10, 18.307, 0.05],
      [30, 43.773, 0.05],
    ] as const;
    for (const [degrees, statistic, probability] of points) {
      expect(chiSquareProbability(statistic, degrees)).toBeCloseTo(probability, 5);
    }
  });

  test("two degrees: exactly exp(-x / 2)", () => {
    for (const x of [0.001, 0.5, 3, 20, 60]) expect(chiSquareProbability(x, 2)).toBeCloseTo(Math.exp(-x / 2), 10);
  });

  test("nothing uneven is certain, everything on one value impossible", () => {
    expect(chiSquareProbability(0, 3)).toBe(1);
    expect(chiSquareProbability(5, 0)).toBe(1);
    expect(chiSquareProbability(1e6, 3)).toBe(0);
  });

  test("chi-square-tail-of-one: 1602 of 1602 answers at A came out as likely as can be", () => {
    expect(chiSquareProbability(1602, 1)).toBe(0);
    let last = 1;
    for (let statistic = 0; statistic < 4000; statistic += 7) {
      const probability = chiSquareProbability(statistic, 3);
      expect(probability).toBeLessThanOrEqual(last + 1e-12);
      last = probability;
    }
  });
});
