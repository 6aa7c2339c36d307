import { describe, expect, test } from "@jest/globals";
import { physicalRoomOf, type Question, type QuestionType, shuffled } from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";
import { testStream } from "@vsi/testing/stream";
import { LEAST_ROOMS, type PooledScan } from "../../src/balance/folds.ts";
import { pickQuestions } from "../../src/balance/pickQuestions.ts";
import { generateQuestions, generateSceneQuestions, limitsOf, withPicks } from "../../src/generateQuestions.ts";
import type { GenerateOptions } from "../../src/options.ts";
import { answerQuery } from "../../src/queries/answerQuery.ts";
import { parseQuestion } from "../../src/queries/parseQuestion.ts";
import { arrangedRooms, pairedRooms } from "../support/plantedRooms.ts";

const TYPES = ["object_rel_distance", "object_rel_direction_medium", "object_rel_direction_hard"] as const;

const OPTIONS: Partial<GenerateOptions> = { protocol: "vsi-bench", types: TYPES, distance: "centroid" };

/** The rooms with what their questions may be picked from. */
function pooled(rooms: readonly SceneFacts[], seed: number, types: readonly QuestionType[]): PooledScan[] {
  const options = { ...OPTIONS, seed, types };
  return rooms.map((facts) => {
    const { pool } = generateSceneQuestions(facts, options);
    const { scene_name: scanId } = facts;
    return { scanId, split: "train", room: physicalRoomOf(scanId), pool, limitOf: limitsOf(options) };
  });
}

/** The questions that are picked over all rooms. */
function balanced(rooms: readonly SceneFacts[], seed = 0, types: readonly QuestionType[] = TYPES): Question[] {
  const { byScan } = pickQuestions(pooled(rooms, seed, types), seed);
  return rooms.flatMap((facts) => {
    const picks = byScan.get(facts.scene_name)!;
    return withPicks({ questions: [], notDrawn: {} }, facts, { ...OPTIONS, seed, types }, picks).questions;
  });
}

/** The answers to choose from, the names that a question is about, and which answer is right. */
interface ReadQuestion {
  room: string;
  answers: string[];
  names: string[];
  right: string;
}

function read({ scene_name, question, question_type, options, ground_truth }: Question): ReadQuestion {
  const answers = options!.map((option) => option.slice("A. ".length));
  const names =
    question_type === "object_rel_distance"
      ? [/closest to the (.+)\?/.exec(question)![1]!]
      : /standing by the (.+) and facing the (.+), is the (.+) to my/.exec(question)!.slice(1);
  return { room: scene_name, answers, names, right: ground_truth };
}

/**
 * What somebody scores who never looks: of each answer beside a question's names, alone and in pairs, how often it was
 * right in the rooms of the other folds; the answer with the best odds is said. None of the models that balancing asks.
 */
function blindScore(questions: readonly Question[], type: QuestionType, folds = 4): number {
  const asked = questions.filter(({ question_type }) => question_type === type).map(read);
  const rooms = [...new Set(asked.map(({ room }) => room))];
  const foldOf = (room: string) => rooms.indexOf(room) % folds;
  const keysOf = ({ names }: ReadQuestion) => [
    ...names.map((name, place) => `${place} ${name}`),
    ...names.flatMap((one, place) => names.slice(place + 1).map((other, after) => `${place} ${after} ${one}/${other}`)),
  ];
  let right = 0;
  for (let fold = 0; fold < folds; fold += 1) {
    const wins = new Map<string, { right: number; listed: number }>();
    for (const one of asked.filter(({ room }) => foldOf(room) !== fold)) {
      for (const key of keysOf(one)) {
        for (const answer of one.answers) {
          const known = wins.get(`${key} ${answer}`) ?? { right: 0, listed: 0 };
          known.listed += 1;
          known.right += answer === one.right ? 1 : 0;
          wins.set(`${key} ${answer}`, known);
        }
      }
    }
    for (const one of asked.filter(({ room }) => foldOf(room) === fold)) {
      const odds = one.answers.map((answer) =>
        keysOf(one).reduce((sum, key) => {
          const { right, listed } = wins.get(`${key} ${answer}`) ?? { right: 0, listed: 0 };
          return sum + Math.log((right + 1) / (listed + one.answers.length));
        }, 0),
      );
      right += one.answers[odds.indexOf(Math.max(...odds))] === one.right ? 1 : 0;
    }
  }
  return right / asked.length;
}

describe("who never looks is near chance, and far above where nothing is balanced", () => {
  const score = (rooms: readonly SceneFacts[], type: QuestionType, chance: number) => {
    const natural = rooms.flatMap(
      (facts) => generateQuestions(facts, { ...OPTIONS, types: [type], balance: false }).questions,
    );
    const picked = balanced(rooms, 0, [type]);
    const error = Math.sqrt((chance * (1 - chance)) / picked.length);
    expect(picked.length).toBeGreaterThan(600);
    return { before: blindScore(natural, type) - chance, after: blindScore(picked, type) - chance, error };
  };

  test("a pillow that always is the nearest to the bed, and two more such pairs", () => {
    const { before, after, error } = score(pairedRooms(60), "object_rel_distance", 1 / 4);
    expect(before).toBeGreaterThan(8 * error);
    expect(Math.abs(after)).toBeLessThan(before / 4);
  });

  test.each([
    ["object_rel_distance", 1 / 4],
    ["object_rel_direction_medium", 1 / 3],
    ["object_rel_direction_hard", 1 / 4],
  ] as const)("%s in rooms that are all arranged in much the same way", (type, chance) => {
    const { before, after, error } = score(arrangedRooms(100), type, chance);
    expect(before).toBeGreaterThan(5 * error);
    expect(Math.abs(after)).toBeLessThan(Math.max(2 * error, before / 3));
  });
});

describe("over rooms that are all arranged in much the same way", () => {
  const picked = balanced(arrangedRooms(40));

  test("every answer of a type is right about as often as the others", () => {
    for (const type of TYPES.slice(1)) {
      const asked = picked.filter(({ question_type }) => question_type === type).map(read);
      for (const word of asked[0]!.answers) {
        const times = asked.filter(({ right }) => right === word).length;
        expect(Math.abs(times - asked.length / asked[0]!.answers.length)).toBeLessThanOrEqual(4 * 4);
      }
    }
  });
});

describe("the same questions", () => {
  const ROOMS = arrangedRooms(LEAST_ROOMS, 7);
  const types = ["object_rel_distance", "object_rel_direction_hard"] as const;
  const once = balanced(ROOMS, 3, types);

  test("for the same rooms and seed, in whatever order the objects come", () => {
    const turned = ROOMS.map((facts, room) => ({ ...facts, objects: shuffled(testStream(room), facts.objects) }));
    expect(balanced(turned, 3, types)).toEqual(once);
  });

  test("not for another seed", () => {
    expect(balanced(ROOMS, 4, types).map(({ id }) => id)).not.toEqual(once.map(({ id }) => id));
  });

  test("each is one that its room alone allows: truth and rules do not depend on other rooms", () => {
    expect(once.length).toBeGreaterThan(200);
    for (const question of once) {
      const facts = ROOMS.find(({ scene_name }) => scene_name === question.scene_name)!;
      const { ground_truth } = answerQuery(facts, parseQuestion(question.question), { distance: "centroid" });
      expect(question.ground_truth).toBe(ground_truth);
    }
  });
});

describe("too few rooms to learn from", () => {
  const ROOMS = arrangedRooms(LEAST_ROOMS - 1, 9);
  const types = ["object_rel_direction_medium", "object_rel_direction_hard"] as const;

  test("none is learnt from, and what answers there are is balanced all the same", () => {
    const scans = pooled(ROOMS, 0, types);
    expect(pickQuestions(scans, 0).rooms).toBe(0);
    const questions = balanced(ROOMS, 0, types);
    for (const type of types) {
      const asked = questions.filter(({ question_type }) => question_type === type).map(read);
      expect(asked.length).toBeGreaterThan(100);
      for (const word of asked[0]!.answers) {
        const times = asked.filter(({ right }) => right === word).length;
        expect(times - asked.length / asked[0]!.answers.length).toBeLessThanOrEqual(4);
      }
    }
  });

  test("one more room, and all are learnt from; rescans of a room are not more rooms", () => {
    const scans = pooled(arrangedRooms(LEAST_ROOMS, 9), 0, types);
    expect(pickQuestions(scans, 0).rooms).toBe(LEAST_ROOMS);
    const rescans = scans.map((scan, place) => ({ ...scan, room: `scene${1000 + (place >> 1)}` }));
    expect(pickQuestions(rescans, 0).rooms).toBe(0);
  });

  test("no scan, no pick; a scan without a pool gets none", () => {
    expect(pickQuestions([], 0)).toEqual({ byScan: new Map(), rooms: 0 });
    const empty = { scanId: "scene0000_00", split: "train", room: "scene0000", pool: {}, limitOf: () => 6 } as const;
    expect(pickQuestions([empty], 0).byScan).toEqual(new Map([["scene0000_00", []]]));
  });
});
