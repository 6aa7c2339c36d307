import { describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { generateQuestions } from "../src/generateQuestions.ts";
import { cameraWith } from "./support/camera.ts";
import { CHI_SQUARE_999, chiSquare } from "./support/chiSquare.ts";
import { factsWith, objectAt } from "./support/facts.ts";
import { testStream } from "./support/stream.ts";

const NAMES = [..."abcdefghijkl"].map((letter) => `${letter} thing`);
const TYPES = ["obj_appearance_order", "camera_movement_direction", "camera_obj_rel_dist"] as const;

/**
 * 300 walks through a room of twelve objects, each asked with its own seed. Objects appear by the alphabet, two seconds
 * apart, and the camera walks forward: what order and direction there is to learn is always the same.
 */
const ROOMS = Array.from({ length: 300 }, (_, seed) => {
  const stream = testStream(seed);
  const objects = NAMES.map((name, id) =>
    objectAt(id, name, [uniformFloat64(stream) * 5, uniformFloat64(stream) * 8, 1], [0.1, 0.1, 0.1]),
  );
  const frames = NAMES.map((_, place) => ({
    position: [2, place, 1.5] as [number, number, number],
    visible: Object.fromEntries(NAMES.slice(0, place + 1).map((_, id) => [id, 60])),
  }));
  const camera = cameraWith(frames, Object.fromEntries(NAMES.map((_, id) => [id, id * 2])));
  return generateQuestions(factsWith(objects, { camera }), { protocol: "vsi-bench", seed, types: TYPES }).questions;
});

const ofType = (type: string) =>
  ROOMS.map((questions) => questions.filter(({ question_type }) => question_type === type));

const countLetters = (questions: readonly Question[]) =>
  [..."ABCDEF"]
    .slice(0, questions[0]!.options!.length)
    .map((letter) => questions.filter(({ mc_answer }) => mc_answer === letter).length);

describe.each(TYPES)("%s", (type) => {
  const rooms = ofType(type);

  test.each([
    ["all questions", rooms.flat()],
    ["a room's first question", rooms.flatMap((asked) => asked.slice(0, 1))],
  ])("the right letters of %s are even", (_, questions) => {
    const counts = countLetters(questions);
    expect(Math.min(...counts)).toBeGreaterThan(15);
    expect(chiSquare(counts)).toBeLessThan(CHI_SQUARE_999[counts.length - 1]!);
  });

  test("options are different, and the letter is that of the truth", () => {
    for (const { options, mc_answer, ground_truth } of rooms.flat()) {
      expect(new Set(options).size).toBe(options!.length);
      expect(options!["ABCDEF".indexOf(mc_answer!)]).toBe(`${mc_answer}. ${ground_truth}`);
    }
  });
});

test("the order in which a question lists categories does not tell the order in which they appear", () => {
  const counts = new Map<string, number>();
  for (const { question, ground_truth } of ofType("obj_appearance_order").flat()) {
    const listed = /in the video: (.+)\?$/.exec(question)![1]!.split(", ");
    const places = ground_truth.split(", ").map((label) => listed.indexOf(label));
    counts.set(String(places), (counts.get(String(places)) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  expect(chiSquare([...counts.values()])).toBeLessThan(CHI_SQUARE_999[23]!);
});

test("wrong orders are drawn evenly too: none of the 23 is left out", () => {
  const counts = new Map<string, number>();
  for (const { options, ground_truth } of ofType("obj_appearance_order").flat()) {
    const truth = ground_truth.split(", ");
    for (const order of options!
      .map((option) => option.slice("A. ".length))
      .filter((order) => order !== ground_truth)) {
      const places = String(order.split(", ").map((label) => truth.indexOf(label)));
      counts.set(places, (counts.get(places) ?? 0) + 1);
    }
  }
  expect(counts.size).toBe(23);
  // Three different ones a question vary less than independent draws, so the limit of these holds.
  expect(chiSquare([...counts.values()])).toBeLessThan(CHI_SQUARE_999[23]!);
});
