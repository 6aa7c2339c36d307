import { describe, expect, test } from "@jest/globals";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import fc from "fast-check";
import { MOST_CANDIDATES, type ReadReason } from "../../src/reader/answerReading.ts";
import { LONGEST_ANSWER, prepareQuestion, readAnswer, readWords } from "../../src/reader/readAnswer.ts";
import { nastyText } from "../support/nastyText.ts";

test("prepareQuestion knows the unit, and parses the options of word questions alone", () => {
  expect(prepareQuestion({ questionType: "room_size_estimation", options: ["A. 1", "B. 1"] })).toEqual({
    questionType: "room_size_estimation",
    unit: "m2",
    options: [],
  });
  expect(prepareQuestion({ questionType: "route_planning", options: ["A. Turn Left"] })).toMatchObject({
    unit: null,
    options: [{ letter: "A", words: ["turn", "left"] }],
  });
  expect(prepareQuestion({ questionType: "route_planning" }).options).toEqual([]);
  expect(() => prepareQuestion({ questionType: "colour" })).toThrow(
    expect.objectContaining({ code: "question-type-unknown" }),
  );
});

const OPTIONS = ["A. bed", "B. sink", "C. coffee table", "D. table"];
const REFUSALS: ReadonlySet<ReadReason> = new Set([
  "empty",
  "too-long",
  "several-answers",
  "several-candidates",
  "no-candidate",
  "negated",
  "wrong-unit",
  "not-whole",
  "not-one-value",
  "not-finite",
]);

const anyText = fc.oneof(
  nastyText,
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        "<answer>",
        "</answer>",
        "<think>",
        "3",
        " or ",
        "two",
        "and",
        "half",
        "-",
        "/",
        "m",
        "square",
        "A",
        "bed",
        ".",
        ",",
      ),
      {
        maxLength: 30,
      },
    )
    .map((parts) => parts.join(" ")),
);

describe("readAnswer", () => {
  test("any text gives a finite number, a text, or a refusal with its reason", () => {
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom(...QUESTION_TYPES),
        fc.constantFrom(null, OPTIONS),
        (text, questionType, options) => {
          const { value, why, candidates } = readAnswer(text, { questionType, options });
          expect(value === null).toBe(REFUSALS.has(why));
          if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
          if (typeof value === "string" && options !== null) expect(["A", "B", "C", "D"]).toContain(value);
          expect(candidates.length).toBeLessThanOrEqual(MOST_CANDIDATES);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test("a number in any wrapping that models use reads as itself", () => {
    const wrapped = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => ` ${text}.`,
      (text) => `**${text}**`,
      (text) => `<think>1 or 2</think>\n<answer>${text}</answer>`,
      (text) => `Between 1 and 9. The answer is ${text} m.`,
      (text) => `\\boxed{${text}}`,
    );
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 99_999 }), wrapped, (hundredths, wrap) => {
        const read = readAnswer(wrap(String(hundredths / 100)), { questionType: "object_abs_distance" });
        expect(read.value).toBe(hundredths / 100);
      }),
    );
  });

  test("a megabyte of anything comes back", () => {
    for (const piece of [
      "<answer>",
      "</think>",
      "< ",
      "<think",
      "answer is ",
      "\\boxed{",
      "1 ",
      "1,",
      "a ",
      "(A) ",
      "- ",
      "²",
      " ",
      "\ufdfa",
    ]) {
      const text = piece.repeat(1_000_000 / piece.length);
      for (const questionType of ["object_counting", "object_rel_distance"] as const) {
        const long = readAnswer(text, { questionType, options: OPTIONS });
        const short = readAnswer(text.slice(0, LONGEST_ANSWER), { questionType, options: OPTIONS });
        expect(long.value).toBeNull();
        // The same number, letter or word said often is still one answer.
        expect([null, 1, 2, "A"]).toContain(short.value);
      }
    }
  });

  test("two different answer pairs are refused, the same twice is one", () => {
    const read = (text: string) => readAnswer(text, { questionType: "object_counting" });
    expect(read("<answer>3</answer><answer>4</answer>").why).toBe("several-answers");
    expect(read("<answer>3</answer> <answer>3</answer>").value).toBe(3);
    expect(read("<answer>3").value).toBe(3);
  });

  test("refuses an unknown question type", () => {
    expect(() => readAnswer("3", { questionType: "colour" })).toThrow(
      expect.objectContaining({ code: "question-type-unknown" }),
    );
  });
});

test.each<[string, QuestionType, string | null]>([
  ["The sink.", "object_rel_distance", "sink"],
  ["It is the coffee table", "object_rel_distance", "coffee table"],
  ["The sink is the closest.", "object_rel_distance", "sink"],
  ["sink is closest to the bicycle", "object_rel_distance", "sink"],
  ["is closest", "object_rel_distance", "closest"],
  ["sink or bed", "object_rel_distance", null],
  ["sink, bed", "object_rel_distance", null],
  ["not the bed", "object_rel_distance", null],
  ["bed, sink, table", "obj_appearance_order", "bed sink table"],
  ["Front-Left", "object_rel_direction_hard", "front left"],
  ["the left side", "object_rel_direction_easy", "left"],
  ["left or right", "object_rel_direction_easy", null],
  ["It moved forward.", "camera_movement_direction", "forward"],
  ["forward and left", "camera_movement_direction", null],
  ["the sink", "camera_movement_direction", null],
  ["...", "object_rel_distance", null],
])("readWords reads %j of a %s question", (text, questionType, value) => {
  expect(readWords(text, questionType).value).toBe(value);
});
