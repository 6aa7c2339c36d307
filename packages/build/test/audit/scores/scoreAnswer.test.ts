import { expect, test } from "@jest/globals";
import { scoreAnswer } from "../../../src/audit/scores/scoreAnswer.ts";
import { choiceQuestion, numberQuestion } from "../../support/auditQuestion.ts";

test("numbers by VSI-Bench's ten thresholds, words by equality", () => {
  expect(scoreAnswer(100, numberQuestion({ value: 100 }))).toBe(1);
  // 18 % off: |error| <= 1 - theta holds for 0.5 to 0.8, seven of the ten.
  expect(scoreAnswer(118, numberQuestion({ value: 100 }))).toBe(0.7);
  expect(scoreAnswer(300, numberQuestion({ value: 100 }))).toBe(0);
  expect(scoreAnswer("left", choiceQuestion({ candidates: ["left", "right"], truth: "left" }))).toBe(1);
  expect(scoreAnswer("right", choiceQuestion({ candidates: ["left", "right"], truth: "left" }))).toBe(0);
});
