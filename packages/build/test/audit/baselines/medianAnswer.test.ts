import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { medianAnswer } from "../../../src/audit/baselines/medianAnswer.ts";
import { numberQuestion } from "../../support/auditQuestion.ts";

describe("medianAnswer", () => {
  test("no other number is nearer to all answers together", () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.integer({ min: -60, max: 60 }), (answers, other) => {
        const median = medianAnswer(answers.map((value) => numberQuestion({ value })))();
        const off = (guess: number) => answers.reduce((sum, answer) => sum + Math.abs(answer - guess), 0);
        expect(off(median)).toBeLessThanOrEqual(off(other) + 1e-9);
      }),
    );
  });
});
