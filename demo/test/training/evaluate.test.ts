import { expect, test } from "@jest/globals";
import { answerAccuracy } from "@vsi/scoring";
import { allOrNothing, shareRight } from "../../src/training/evaluate.ts";

test("of all counts below 20, an answer is right when it is the very number", () => {
  const numbers = Array.from({ length: 19 }, (_, index) => index + 1);
  const pairs = numbers.flatMap((truth) => numbers.map((answer) => ({ truth, answer })));
  const questions = pairs.map(({ truth, answer }) => {
    const question = { question_type: "object_counting" as const, ground_truth: String(truth), options: null };
    const score = answerAccuracy(answer, question, "mra");
    return { official: score, robust: score };
  });
  const right = pairs.map(({ truth, answer }) => (truth === answer ? 1 : 0));
  const report = { schema: "kept", questions };
  expect(allOrNothing(report)).toEqual({
    schema: "kept",
    questions: right.map((value) => ({ official: value, robust: value })),
  });
  expect(shareRight(report)).toBeCloseTo(1 / numbers.length, 12);
  expect(shareRight(allOrNothing(report))).toBe(shareRight(report));
});
