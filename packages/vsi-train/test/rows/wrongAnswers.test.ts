import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { otherAnswers, wrongAnswer, wrongNumber } from "../../src/rows/wrongAnswers.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";

test("a direction's other word", () => {
  expect(otherAnswers(VSI_100K_QUESTIONS[5]!)).toEqual(["left"]);
});

test("the other objects that the question lists", () => {
  expect(otherAnswers(VSI_100K_QUESTIONS[4]!)).toEqual(["sink", "pillow", "guitar"]);
});

test("the other options, without their letters", () => {
  const options = ["A. front-left", "B. back-right", "C. front-right"];
  const question_type = "object_rel_direction_hard" as const;
  expect(otherAnswers(makeQuestion({ question_type, options, ground_truth: "back-right" }))).toEqual([
    "front-left",
    "front-right",
  ]);
});

test("none where the question offers none, whatever its text", () => {
  fc.assert(
    fc.property(fc.string(), (question) => {
      expect(otherAnswers(makeQuestion({ question_type: "route_planning", question, ground_truth: "x" }))).toEqual([]);
    }),
  );
});

const SEEDS = Array.from({ length: 50 }, (_, seed) => seed);

test.each(VSI_100K_QUESTIONS)(
  "of a $question_type: never the right one, and the same for the same seed",
  (question) => {
    for (const seed of SEEDS) {
      const wrong = wrongAnswer(question, seed);
      expect(wrong).not.toBeNull();
      expect(wrong).not.toBe(question.ground_truth);
      expect(wrongAnswer(question, seed)).toBe(wrong);
    }
  },
);

test("all that a question offers is taken, by other seeds", () => {
  const words = SEEDS.map((seed) => wrongAnswer(VSI_100K_QUESTIONS[4]!, seed));
  expect(new Set(words)).toEqual(new Set(["sink", "pillow", "guitar"]));
  expect(new Set(SEEDS.map((seed) => wrongAnswer(VSI_100K_QUESTIONS[1]!, seed))).size).toBeGreaterThan(10);
});

test("none where nothing else is offered", () => {
  const question = makeQuestion({ question_type: "route_planning", question: "Which way?", ground_truth: "turn left" });
  expect(wrongAnswer(question, 0)).toBeNull();
});

test("an object called by a number is a word, not a number, when options are listed", () => {
  const question = makeQuestion({ options: ["A. 3", "B. 7"], ground_truth: "3" });
  expect(wrongAnswer(question, 0)).toBe("7");
});

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const truths = fc.oneof(
  fc.integer({ min: 1, max: 5000 }).map(String),
  fc.integer({ min: 1, max: 5000 }).map((tenths) => (tenths / 10).toFixed(1)),
  fc.integer({ min: 1, max: 50_000 }).map((hundredths) => (hundredths / 100).toFixed(2)),
);

describe("a wrong number", () => {
  test("is 0.5 to 0.8 or 1.25 to 2 times the right one after rounding, never within 10 %, written alike", () => {
    fc.assert(
      fc.property(truths, share, share, (truth, side, place) => {
        const wrong = wrongNumber(truth, side, place);
        const factor = Number(wrong) / Number(truth);
        // The bounds are exact on the decimals; the division that checks them is not.
        const isNear = (low: number, high: number): boolean => factor >= low - 1e-9 && factor <= high + 1e-9;
        expect(isNear(0.5, 0.8) || isNear(1.25, 2)).toBe(true);
        expect(Math.abs(factor - 1)).toBeGreaterThan(0.1);
        expect(wrong.split(".")[1]?.length).toBe(truth.split(".")[1]?.length);
        expect(Number(wrong)).toBeGreaterThan(0);
      }),
    );
  });

  test("of a number with room on both sides is as often smaller as larger, and takes every value there is", () => {
    const drawn = new Map<string, number>();
    for (let index = 0; index < 4000; index++) {
      const wrong = wrongNumber("10", (index % 40) / 40, Math.floor(index / 40) / 100);
      drawn.set(wrong, (drawn.get(wrong) ?? 0) + 1);
    }
    expect([...drawn.keys()].map(Number).sort((one, other) => one - other)).toEqual([
      5, 6, 7, 8, 13, 14, 15, 16, 17, 18, 19, 20,
    ]);
    const smaller = [5, 6, 7, 8].reduce((sum, number) => sum + drawn.get(String(number))!, 0);
    expect(smaller).toBe(2000);
  });

  test.each([
    ["1", "2"],
    ["0.1", "0.2"],
    ["0", "1"],
    ["0.0", "0.1"],
  ])("of %s, which has no smaller one, is %s", (truth, wrong) => {
    for (const side of [0, 0.3, 0.99]) expect(wrongNumber(truth, side, 0.5)).toBe(wrong);
  });
});
