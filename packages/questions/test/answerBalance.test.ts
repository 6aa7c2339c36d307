import { describe, expect, test } from "@jest/globals";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { generateQuestions } from "../src/generateQuestions.ts";
import { shuffled } from "../src/random/shuffled.ts";
import { CHI_SQUARE_999, chiSquare } from "./support/chiSquare.ts";
import { factsWith, objectAt } from "./support/facts.ts";
import { testStream } from "./support/stream.ts";

const ALPHABET = [..."abcdefghijkl"].map((letter) => `${letter} thing`);

/**
 * 600 rooms of 5 m by 4 m with twelve objects. Labels lie in the room by the alphabet from west to east and ids from
 * south to north, so that a rule of thumb on either would give answers away if questions were not balanced.
 */
const ROOMS = Array.from({ length: 600 }, (_, room) => {
  const stream = testStream(room);
  const west = ALPHABET.map(() => uniformFloat64(stream) * 5).sort((one, other) => one - other);
  const south = ALPHABET.map(() => uniformFloat64(stream) * 4).sort((one, other) => one - other);
  const ids = shuffled([...ALPHABET.keys()], stream);
  const objects = ALPHABET.map((label, index) => objectAt(ids[index]!, label, [west[index]!, south[ids[index]!]!, 1]));
  return generateQuestions(factsWith(objects, { scene_name: `scene${room}_00` }));
});

const ofType = (type: string) =>
  ROOMS.map(({ questions }) => questions.filter((asked) => asked.question_type === type));

/** Chi-square stays under what fair counts exceed once in a thousand. */
function expectFair(counts: number[]) {
  expect(Math.min(...counts)).toBeGreaterThan(100);
  expect(chiSquare(counts)).toBeLessThan(CHI_SQUARE_999[counts.length - 1]!);
}

const tally = (values: readonly number[], size: number) =>
  values.reduce((counts, value) => counts.with(value, counts[value]! + 1), new Array<number>(size).fill(0));

describe("left and right", () => {
  const rooms = ofType("object_rel_direction_easy");
  const side = (answer: string) => (answer === "left" ? 0 : 1);

  test("each room has as many of one as of the other", () => {
    for (const questions of rooms) {
      expect(questions.filter(({ ground_truth }) => ground_truth === "left")).toHaveLength(3);
    }
  });

  test.each([0, 1, 2, 3, 4, 5])("question %d of a room is as often left as right", (place) => {
    expectFair(
      tally(
        rooms.map((questions) => side(questions[place]!.ground_truth)),
        2,
      ),
    );
  });

  const labelled = rooms.flat().map(({ question, ground_truth, evidence }) => {
    const [orienting, querying] = /facing the (.+), is the (.+) to the left/.exec(question)!.slice(1) as [
      string,
      string,
    ];
    return { side: side(ground_truth), orienting, querying, ids: evidence.object_ids as [number, number, number] };
  });

  test.each<[string, (asked: (typeof labelled)[number]) => boolean]>([
    ["alphabet", ({ orienting, querying }) => orienting < querying],
    ["id", ({ ids }) => ids[1] < ids[2]],
    ["first id", ({ ids }) => ids[0] < 6],
  ])("the %s does not tell the side", (_, isFirst) => {
    for (const expected of [true, false]) {
      const answers = labelled.filter((asked) => isFirst(asked) === expected).map((asked) => asked.side);
      expectFair(tally(answers, 2));
    }
  });
});

describe("the nearest of four", () => {
  const rooms = ofType("object_rel_distance");
  const placed = rooms.flat().map(({ question, ground_truth }) => {
    const listed = /\((.+)\)/.exec(question)![1]!.split(", ");
    return { place: listed.indexOf(ground_truth), listed };
  });

  test("stands equally often at each of the four places", () => {
    expect(placed.length).toBeGreaterThan(6000);
    expectFair(
      tally(
        placed.map(({ place }) => place),
        4,
      ),
    );
  });

  test.each([0, 5, 11])("also in question %d of each room alone", (number) => {
    const places = rooms.flatMap((questions) => {
      const asked = questions[number];
      return asked ? /\((.+)\)/.exec(asked.question)![1]!.split(", ").indexOf(asked.ground_truth) : [];
    });
    expectFair(tally(places, 4));
  });

  test.each([0, 1, 2, 3])("also where the alphabet's first of the four stands at place %d", (place) => {
    const places = placed.filter(({ listed }) => [...listed].sort()[0] === listed[place]);
    const others = places.filter((asked) => asked.place !== place).map((asked) => asked.place);
    // The alphabet's first may well be nearest by geometry; where it is not, the other three places are equal.
    const counts = tally(others, 4).filter((_, index) => index !== place);
    expect(chiSquare(counts)).toBeLessThan(13.82); // two degrees of freedom, 0.999
  });

  test.each([1, 2, 3, 4])("the listed order says nothing about ids: place %d has low ids as often as high", (place) => {
    const low = rooms.flat().map(({ evidence }) => (evidence.object_ids[place]! < 6 ? 0 : 1));
    expectFair(tally(low, 2));
  });
});
