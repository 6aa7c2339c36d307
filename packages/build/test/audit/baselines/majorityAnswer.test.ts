import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { majorityAnswer } from "../../../src/audit/baselines/majorityAnswer.ts";
import { choiceQuestion, numberQuestion } from "../../support/auditQuestion.ts";

describe("majorityAnswer", () => {
  test("of the candidates, none was right more often than the one it takes", () => {
    const words = fc.constantFrom("bed", "chair", "desk", "lamp");
    const asked = fc.uniqueArray(words, { minLength: 1 });
    fc.assert(
      fc.property(fc.array(words), asked, (truths, candidates) => {
        const training = truths.map((truth) => choiceQuestion({ candidates: ["bed", "chair", "desk", "lamp"], truth }));
        const answer = majorityAnswer(training)(choiceQuestion({ candidates, truth: "" }));
        const times = (word: string) => truths.filter((truth) => truth === word).length;
        expect(candidates).toContain(answer);
        for (const other of candidates) expect(times(other)).toBeLessThanOrEqual(times(answer as string));
      }),
    );
  });

  test("of numbers the most common, of equally common ones the smaller", () => {
    const training = [3, 2, 3, 2, 9].map((value) => numberQuestion({ value }));
    expect(majorityAnswer(training)(numberQuestion({ value: 0 }))).toBe(2);
  });
});
