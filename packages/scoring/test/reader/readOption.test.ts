import { describe, expect, test } from "@jest/globals";
import { parseOptions } from "../../src/reader/parseOptions.ts";
import { readAnswer } from "../../src/reader/readAnswer.ts";
import { readOption } from "../../src/reader/readOption.ts";
import { answerAccuracy } from "../../src/rewards/answerAccuracy.ts";

const OBJECTS = ["A. bed", "B. sink", "C. coffee table", "D. table"];
const SIDES = ["A. right", "B. left"];

describe("readOption", () => {
  test.each<[string, string | null]>([
    ["A", "A"],
    ["a", "A"],
    ["A.", "A"],
    ["(A)", "A"],
    ["(a)", "A"],
    ["A. bed", "A"],
    ["A sink", "B"],
    ["a sink", "B"],
    ["B sink", "B"],
    ["coffee table", "C"],
    ["the table", "D"],
    ["option b", "B"],
    ["**B**", "B"],
    ["I think B", "B"],
    ["A or B", null],
    ["A, B, C, D", null],
    ["bed, sink", null],
    ["A. sink", null],
    ["E", null],
    ["", null],
    ["not bed", null],
    ["tablecloth", null],
    // Regressions: each was read as the one letter, or text, that the truth might be.
    ["A maybe B", null],
    ["Ａ or B", null],
    ["\u0391 or B", null],
    ["B or something else", null],
    ["anything but B", null],
    // Regressions: right answers that were refused.
    ["A seems closest", "A"],
    ["Ａ", "A"],
  ])("of objects, %j", (text, letter) => {
    expect(readOption(text, parseOptions(OBJECTS), "object_rel_distance").value).toBe(letter);
  });

  test.each<[string, string | null]>([
    ["left", "B"],
    ["to the LEFT.", "B"],
    ["B left", "B"],
    ["A left", null],
    ["front-left", null],
    ["left, back", null],
  ])("of directions, %j", (text, letter) => {
    expect(readOption(text, parseOptions(SIDES), "object_rel_direction_easy").value).toBe(letter);
  });

  // A benchmark's own question may offer the same text twice; refusing it refused the whole file.
  test("options that share their text are told apart by the letter alone", () => {
    const options = ["A. sink", "B. bed", "C. sink"];
    const read = (text: string) => readAnswer(text, { questionType: "object_rel_distance", options });
    expect(read("C. sink")).toMatchObject({ value: "C" });
    expect(read("B. bed")).toMatchObject({ value: "B" });
    expect(read("A")).toMatchObject({ value: "A" });
    expect(read("sink")).toMatchObject({ value: null, why: "several-candidates", candidates: ["A", "C"] });
    expect(read("C. bed")).toMatchObject({ value: null, why: "several-candidates" });
    const truth = { question_type: "object_rel_distance", options };
    expect(answerAccuracy("C", { ...truth, ground_truth: "C" }, "mra")).toBe(1);
    expect(() => answerAccuracy("C", { ...truth, ground_truth: "sink" }, "mra")).toThrow("letter");
  });

  test("bare options get letters in order, and an order of categories is one option", () => {
    const orders = ["bed, sink, table", "sink, bed, table"];
    expect(readOption("sink, bed, table", parseOptions(orders), "obj_appearance_order").value).toBe("B");
  });
});
