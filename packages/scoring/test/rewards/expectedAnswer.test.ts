import { describe, expect, test } from "@jest/globals";
import { prepareQuestion } from "../../src/reader/prepareQuestion.ts";
import { expectedAnswer } from "../../src/rewards/expectedAnswer.ts";

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
