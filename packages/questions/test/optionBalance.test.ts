import { describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { generateQuestions } from "../src/generateQuestions.ts";
import { shuffled } from "../src/random/shuffled.ts";
import { CHI_SQUARE_999, chiSquare } from "./support/chiSquare.ts";
import { factsWith, objectAt } from "./support/facts.ts";
import { testStream } from "./support/stream.ts";

const NAMES = [..."abcdefghijkl"].map((letter) => `${letter} thing`);

/** 300 rooms of 5 m by 4 m with twelve objects, names from west to east by the alphabet, each asked with its own seed. */
const ROOMS = Array.from({ length: 300 }, (_, seed) => {
  const stream = testStream(seed);
  const west = NAMES.map(() => uniformFloat64(stream) * 5).sort((one, other) => one - other);
  const ids = shuffled([...NAMES.keys()], stream);
  const objects = NAMES.map((name, index) =>
    objectAt(ids[index]!, name, [west[index]!, uniformFloat64(stream) * 4, 1], [0.1, 0.1, 0.1]),
  );
  return generateQuestions(factsWith(objects), { protocol: "vsi-bench", seed }).questions;
});

const ofType = (type: string) =>
  ROOMS.map((questions) => questions.filter(({ question_type }) => question_type === type));

const countLetters = (questions: readonly Question[]) =>
  [..."ABCD"]
    .slice(0, questions[0]!.options!.length)
    .map((letter) => questions.filter(({ mc_answer }) => mc_answer === letter).length);

const CHOICE_TYPES = [
  "object_rel_distance",
  "object_rel_direction_easy",
  "object_rel_direction_medium",
  "object_rel_direction_hard",
];

/** By degrees of freedom; what the shared table leaves out. */
const LIMITS: Readonly<Record<number, number>> = { ...CHI_SQUARE_999, 2: 13.82 };

describe.each(CHOICE_TYPES)("%s", (type) => {
  const rooms = ofType(type);
  const questions = rooms.flat();

  const expectEven = (asked: readonly Question[]) => {
    const counts = countLetters(asked);
    expect(Math.min(...counts)).toBeGreaterThan(15);
    expect(chiSquare(counts)).toBeLessThan(LIMITS[counts.length - 1]!);
  };

  test("the right letters are even", () => {
    expectEven(questions);
  });

  test("those of a room's first question too", () => {
    expectEven(rooms.flatMap((asked) => asked.slice(0, 1)));
  });

  test("and those of each answer's word: the word does not tell the letter", () => {
    const words = new Set(questions.map(({ ground_truth }) => ground_truth));
    for (const word of type === "object_rel_distance" ? [] : words) {
      expectEven(questions.filter(({ ground_truth }) => ground_truth === word));
    }
  });

  test("options are different answers, and the letter is that of the truth", () => {
    for (const { options, mc_answer, ground_truth } of questions) {
      const texts = options!.map((option) => option.slice("A. ".length));
      expect(options!.map((option) => option.slice(0, "A. ".length))).toEqual(
        ["A. ", "B. ", "C. ", "D. "].slice(0, texts.length),
      );
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts["ABCD".indexOf(mc_answer!)]).toBe(ground_truth);
    }
  });
});

test("no other choice is within the tolerance of the nearest", () => {
  for (const { evidence } of ofType("object_rel_distance").flat()) {
    expect(evidence.margin!).toBeGreaterThan(0.15);
  }
});

test("left and right are asked equally often: of a room's six easy ones three each", () => {
  for (const questions of ofType("object_rel_direction_easy")) {
    expect(questions.filter(({ ground_truth }) => ground_truth === "left")).toHaveLength(3);
  }
});

test("questions answered by a number have no options", () => {
  const numeric = ROOMS.flat().filter(({ question_type }) => !CHOICE_TYPES.includes(question_type));
  expect(numeric.length).toBeGreaterThan(1000);
  expect(numeric.every(({ options, mc_answer }) => options === null && mc_answer === null)).toBe(true);
});
