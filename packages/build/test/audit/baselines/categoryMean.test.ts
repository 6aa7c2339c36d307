import { describe, expect, test } from "@jest/globals";
import { categoryMean } from "../../../src/audit/baselines/categoryMean.ts";
import { numberQuestion } from "../../support/auditQuestion.ts";

const size = (category: string, value: number) => numberQuestion({ places: { category }, value });

describe("categoryMean", () => {
  const guess = categoryMean([size("sofa", 100), size("sofa", 400), size("lamp", 20), size("constructor", 5)]);

  test("is the geometric mean of the named category's answers alone", () => {
    expect(guess(size("sofa", 0))).toBeCloseTo(200, 9);
    expect(guess(size("lamp", 0))).toBeCloseTo(20, 9);
    expect(guess(size("constructor", 0))).toBeCloseTo(5, 9);
  });

  test("is the mean of all for a category never seen", () => {
    expect(guess(size("bath", 0))).toBeCloseTo((100 * 400 * 20 * 5) ** (1 / 4), 9);
  });
});
