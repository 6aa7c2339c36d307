import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readAnswer } from "../../src/reader/readAnswer.ts";
import { accuracyOf, answerAccuracy } from "../../src/rewards/answerAccuracy.ts";
import { numberAccuracy } from "../../src/rewards/numberAccuracy.ts";

test("numbers are paid by numberAccuracy, and what is no number is worth nothing", () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(value, value, fc.constantFrom("paper", "mra"), (predicted, ground_truth, accuracy) => {
      const truth = { question_type: "object_abs_distance", ground_truth };
      expect(answerAccuracy(predicted, truth, accuracy)).toBe(numberAccuracy(predicted, ground_truth, accuracy));
      expect([answerAccuracy(null, truth, accuracy), answerAccuracy("3", truth, accuracy)]).toEqual([0, 0]);
    }),
  );
});

test("every option read from its own text is worth 1 where it is the truth, and 0 elsewhere", () => {
  const options = ["A. bed", "B. sink", "C. coffee table", "D. table"];
  const question = { question_type: "object_rel_distance", options };
  for (const said of options) {
    const { value } = readAnswer(said.slice(3), { questionType: "object_rel_distance", options });
    for (const ground_truth of options) {
      expect(answerAccuracy(value, { ...question, ground_truth }, "paper")).toBe(said === ground_truth ? 1 : 0);
    }
  }
});

test("a number is never a word", () => {
  expect([accuracyOf(3, "3", "paper"), accuracyOf("left", "left", "paper"), accuracyOf(null, "left", "mra")]).toEqual([
    0, 1, 0,
  ]);
});
