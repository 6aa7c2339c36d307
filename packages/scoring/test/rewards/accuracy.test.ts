import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { prepareQuestion, readAnswer } from "../../src/reader/readAnswer.ts";
import { accuracyOf, answerAccuracy, expectedAnswer, numberAccuracy } from "../../src/rewards/accuracy.ts";

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

const OPTIONS = ["A. bed", "B. sink", "C. a"];

describe("expectedAnswer", () => {
  test("of options: the letter, its small form, the text or both; a letter wins over a text", () => {
    const question = prepareQuestion({ questionType: "object_rel_distance", options: OPTIONS });
    const truths = ["B", "b", " B ", "(B)", "sink", "Sink.", "B. sink", "A", "a"];
    expect(truths.map((truth) => expectedAnswer(truth, question))).toEqual([
      "B",
      "B",
      "B",
      "B",
      "B",
      "B",
      "B",
      "A",
      "C",
    ]);
    for (const truth of ["", "E", "table", "A. sink", 1]) {
      expect(() => expectedAnswer(truth, question)).toThrow(expect.objectContaining({ code: "truth-unfit" }));
    }
  });

  test("of numbers: a finite one, as Python reads it", () => {
    const question = prepareQuestion({ questionType: "object_counting" });
    expect([3, "3", " 3.5\n", "1_0"].map((truth) => expectedAnswer(truth, question))).toEqual([3, 3, 3.5, 10]);
    for (const truth of ["", "three", "nan", "1e400", Number.NaN, Infinity]) {
      expect(() => expectedAnswer(truth, question)).toThrow(expect.objectContaining({ code: "truth-unfit" }));
    }
  });

  test("of words: the words in lower case", () => {
    const question = prepareQuestion({ questionType: "object_rel_distance" });
    expect(expectedAnswer("Coffee-Table", question)).toBe("coffee table");
    expect(() => expectedAnswer("?", question)).toThrow(expect.objectContaining({ code: "truth-unfit" }));
  });
});

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
