import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { prepareQuestion, readAnswer } from "../../src/reader/readAnswer.ts";
import {
  accuracyOf,
  answerAccuracy,
  type CheckedFormat,
  checkFormat,
  expectedAnswer,
  numberAccuracy,
  type RewardRequest,
  reward,
} from "../../src/rewards/reward.ts";
import { nastyText } from "../official/nastyText.ts";

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

const PIECES = ["<think>", "</think>", "<answer>", "</answer>", "<observe>", "<Think>", "3", " ", "\n", "chairs"];

describe("checkFormat", () => {
  test("passes exactly what the definition as one expression passes", () => {
    const text = fc.oneof(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }).map((pieces) => pieces.join("")),
      fc
        .tuple(
          fc.constantFrom("", " ", "x"),
          fc.constantFrom("", "why"),
          fc.constantFrom("", "\n", "so"),
          fc.constantFrom("3", " "),
          fc.constantFrom("", ".", "\n"),
        )
        .map(
          ([before, why, between, answer, after]) =>
            `${before}<think>${why}</think>${between}<answer>${answer}</answer>${after}`,
        ),
    );
    const tag = "<\\s{0,3}/?\\s{0,3}(?:think|observe|answer)\\s{0,3}>";
    const right = new RegExp(
      `^\\s*<think>((?:(?!${tag})[^])*)</think>\\s*<answer>((?!\\s*</answer>)(?:(?!${tag})[^])*)</answer>\\s*$`,
      "i",
    );
    fc.assert(
      fc.property(text, (completion) => {
        const match = /<Think>/.test(completion) ? null : right.exec(completion);
        const { guard, reasoning, answer } = checkFormat(completion, "think");
        expect(guard === null).toBe(match !== null);
        if (match !== null) expect([reasoning, answer]).toEqual([match[1], match[2]]);
      }),
      { numRuns: 2000 },
    );
  });

  test.each<[string, CheckedFormat["guard"], string | null]>([
    ["", "tags-missing", null],
    ["3", "tags-missing", null],
    ["<answer>3</answer>", "tags-wrong", "3"],
    ["<observe>x</observe><answer>3</answer>", "tags-wrong", "3"],
    ["<answer>3</answer><think>x</think>", "tags-wrong", null],
    ["<think>x</think><answer>3", "tags-wrong", null],
    ["a <think>x</think><answer>3</answer>", "text-outside-tags", "3"],
    ["<think>x</think><answer>3</answer> a", "text-outside-tags", null],
    ["<think>x</think><answer> </answer>", "answer-missing", null],
  ])("%j", (completion, guard, answer) => {
    expect(checkFormat(completion, "think")).toMatchObject({ guard, answer });
  });
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

const piece = fc.oneof(
  fc.constantFrom(
    "<think>",
    "</think>",
    "<observe>",
    "</observe>",
    "<answer>",
    "</answer>",
    "I see three chairs by the wall.",
    "left",
    "B",
    " ",
  ),
  nastyText,
  fc.string({ unit: "binary" }),
);
const completion = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
const question: fc.Arbitrary<Pick<RewardRequest, "ground_truth" | "question_type" | "options">> = fc.constantFrom(
  { ground_truth: "3", question_type: "object_counting" },
  { ground_truth: 0, question_type: "object_abs_distance" },
  { ground_truth: "-1e300", question_type: "room_size_estimation" },
  { ground_truth: "left", question_type: "object_rel_direction_easy" },
  { ground_truth: "B", question_type: "object_rel_distance", options: ["A. bed", "B. sink"] },
);

describe("reward", () => {
  test("every reward of any text is finite and in its range", () => {
    fc.assert(
      fc.property(
        completion,
        question,
        fc.constantFrom("vanilla", "think", "observe"),
        fc.constantFrom("paper", "mra"),
        (text, asked, mode, accuracy) => {
          const parts = reward({ ...asked, completion: text, mode, accuracy });
          expect(parts.accuracy >= 0 && parts.accuracy <= 1).toBe(true);
          expect(mode === "vanilla" ? parts.format === null : parts.format === 0 || parts.format === 1).toBe(true);
          expect(parts.total).toBe((parts.format ?? 0) + parts.accuracy);
          if (parts.value === null) expect(parts.accuracy).toBe(0);
          if (parts.guards.length === 0) expect(parts.format).not.toBe(0);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test("a megabyte of tags is worth nothing", () => {
    for (const tag of ["<think></think>", "<answer>", "</answer>", "<answer>3</answer>", "<", "<think "]) {
      const text = tag.repeat(1_000_000 / tag.length);
      const parts = reward({ completion: text, ground_truth: "3", question_type: "object_counting", mode: "think" });
      expect(parts.total).toBe(0);
    }
  });

  test("a truth or a type that is not fit is the question's fault, whatever the completion", () => {
    for (const text of ["", "3", "<answer>3</answer>"]) {
      const request = { completion: text, mode: "think", question_type: "object_counting" } as const;
      expect(() => reward({ ...request, ground_truth: "many" })).toThrow(
        expect.objectContaining({ code: "truth-unfit" }),
      );
      expect(() => reward({ ...request, ground_truth: "3", question_type: "colour" })).toThrow(
        expect.objectContaining({ code: "question-type-unknown" }),
      );
    }
  });

  test("the truth may be the letter, the text or both", () => {
    for (const ground_truth of ["B", "sink", "B. sink"]) {
      const asked = { ground_truth, question_type: "object_rel_distance", options: ["A. bed", "B. sink"] };
      expect(reward({ ...asked, completion: "(B)", mode: "vanilla" }).total).toBe(1);
      expect(reward({ ...asked, completion: "bed", mode: "vanilla" }).total).toBe(0);
    }
  });
});
