import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { logMean } from "../../../src/audit/baselines/logMean.ts";
import { numberQuestion } from "../../support/auditQuestion.ts";

describe("logMean", () => {
  test("is the n-th root of the product of the positive answers", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2, max: 30 }), { maxLength: 10 }), (answers) => {
        const positive = answers.filter((value) => value > 0);
        const product = positive.reduce((all, value) => all * value, 1);
        const mean = logMean(answers.map((value) => numberQuestion({ value })))();
        expect(mean).toBeCloseTo(positive.length === 0 ? 0 : product ** (1 / positive.length), 8);
      }),
    );
  });
});
