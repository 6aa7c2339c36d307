import { describe, expect, test } from "@jest/globals";
import { type Question, shuffled } from "@vsi/dataset";
import { CHI_SQUARE_999, chiSquare } from "@vsi/testing/chiSquare";
import { testStream } from "@vsi/testing/stream";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { generateQuestions } from "../src/generateQuestions.ts";
import { cameraWith } from "./support/camera.ts";
import { factsWith, objectAt } from "./support/facts.ts";

describe("balance of the answers", () => {
  const ALPHABET = [..."abcdefghijkl"].map((letter) => `${letter} thing`);

  /**
   * 600 rooms of 5 m by 4 m with twelve objects. Labels lie in the room by the alphabet from west to east and ids from
   * south to north, so that a rule of thumb on either would give answers away if questions were not balanced.
   */
  const ROOMS = Array.from({ length: 600 }, (_, room) => {
    const stream = testStream(room);
    const west = ALPHABET.map(() => uniformFloat64(stream) * 5).sort((one, other) => one - other);
    const south = ALPHABET.map(() => uniformFloat64(stream) * 4).sort((one, other) => one - other);
    const ids = shuffled(stream, [...ALPHABET.keys()]);
    const objects = ALPHABET.map((label, index) =>
      objectAt(ids[index]!, label, [west[index]!, south[ids[index]!]!, 1]),
    );
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

    test.each([1, 2, 3, 4])(
      "the listed order says nothing about ids: place %d has low ids as often as high",
      (place) => {
        const low = rooms.flat().map(({ evidence }) => (evidence.object_ids[place]! < 6 ? 0 : 1));
        expectFair(tally(low, 2));
      },
    );
  });
});

describe("balance of the options", () => {
  const NAMES = [..."abcdefghijkl"].map((letter) => `${letter} thing`);

  /**
   * 300 rooms of 5 m by 4 m with twelve objects, names from west to east by the alphabet, each asked with its own seed.
   */
  const ROOMS = Array.from({ length: 300 }, (_, seed) => {
    const stream = testStream(seed);
    const west = NAMES.map(() => uniformFloat64(stream) * 5).sort((one, other) => one - other);
    const ids = shuffled(stream, [...NAMES.keys()]);
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
});

describe("balance of questions about a stream", () => {
  const NAMES = [..."abcdefghijkl"].map((letter) => `${letter} thing`);
  const TYPES = ["obj_appearance_order", "camera_movement_direction", "camera_obj_rel_dist"] as const;

  /**
   * 300 walks through a room of twelve objects, each asked with its own seed. Objects appear by the alphabet, two
   * seconds apart, and the camera walks forward: what order and direction there is to learn is always the same.
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
});
