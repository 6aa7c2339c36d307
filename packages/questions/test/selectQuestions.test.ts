import { describe, expect, test } from "@jest/globals";
import type { DatasetSplit, Question, QuestionType } from "@vsi/dataset";
import fc from "fast-check";
import {
  findRepeatedScenes,
  findRepeats,
  type SceneQuestions,
  selectQuestions,
  TypeCaps,
} from "../src/selectQuestions.ts";
import { capsFor, TARGETS } from "../src/targets.ts";

interface Placed {
  scanId: string;
  place: number;
  id: string;
  question_type: QuestionType;
}

const placed = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 30 })), {
    selector: ([scan, place]) => `${scan}/${place}`,
  })
  .map((places) =>
    places.map(
      ([scan, place]): Placed => ({
        scanId: `scene900${scan}_00`,
        place,
        id: `${scan}.${place}`,
        question_type: place % 2 === 0 ? "object_counting" : "room_size_estimation",
      }),
    ),
  );

function keptIds(questions: readonly Placed[], caps: Partial<Record<QuestionType, number>>, seed = 0): string[] {
  const types = new TypeCaps(seed);
  for (const question of questions) types.add(question.scanId, question.place, question);
  const over = types.over(caps);
  return questions.filter(({ scanId, place }) => !over.get(scanId)?.has(place)).map(({ id }) => id);
}

describe("TypeCaps", () => {
  test("keeps min(cap, all) of a capped type and all of the others, in whatever order the scans come", () => {
    fc.assert(
      fc.property(placed, fc.nat({ max: 40 }), (questions, cap) => {
        const kept = keptIds(questions, { object_counting: cap });
        const all = questions.filter(({ question_type }) => question_type === "object_counting").length;
        const others = questions.length - all;
        expect(kept).toHaveLength(Math.min(cap, all) + others);
        expect(keptIds(questions.toReversed(), { object_counting: cap }).toSorted()).toEqual(kept.toSorted());
      }),
    );
  });

  test("a smaller cap keeps part of what a larger one keeps", () => {
    fc.assert(
      fc.property(placed, fc.nat({ max: 20 }), (questions, cap) => {
        const larger = new Set(keptIds(questions, { object_counting: cap + 1 }));
        for (const id of keptIds(questions, { object_counting: cap })) expect(larger).toContain(id);
      }),
    );
  });

  test("every question is as likely to be kept: over 400 seeds each of ten is drawn about half the time", () => {
    const ten = Array.from(
      { length: 10 },
      (_, place): Placed => ({ scanId: "a", place, id: `q${place}`, question_type: "object_counting" }),
    );
    const drawn = new Map<string, number>();
    for (let seed = 0; seed < 400; seed += 1) {
      for (const id of keptIds(ten, { object_counting: 5 }, seed)) drawn.set(id, (drawn.get(id) ?? 0) + 1);
    }
    // 200 expected, standard deviation 10: five of them either side.
    for (const { id } of ten) expect(Math.abs((drawn.get(id) ?? 0) - 200)).toBeLessThan(50);
  });
});

describe("capsFor", () => {
  test("all scans give the published totals, a tenth of them a tenth", () => {
    const target = TARGETS["vsi-100k"];
    expect(capsFor(target, 1513)).toEqual(target.questions);
    expect(capsFor(target, 151.3)).toMatchObject({ object_abs_distance: 7500, object_counting: 640 });
    expect(Object.values(capsFor(target, 0)).every((cap) => cap === 0)).toBe(true);
  });
});

/** A scene with one distance question a value, between objects named after their place. */
function scene(scanId: string, split: DatasetSplit, values: readonly number[]): SceneQuestions {
  const questions = values.map((value, place) => ({
    question_type: "object_abs_distance",
    question: `How far is ${place} from the door?`,
    evidence: { object_ids: [], value, unit: "m", margin: null, route: null, frames: null },
  }));
  return { scanId, split, questions: questions as unknown as Question[] };
}

async function find(scenes: readonly SceneQuestions[]): Promise<Record<string, string>> {
  const evaluatedFirst = scenes.toSorted((a, b) => Number(a.split === "train") - Number(b.split === "train"));
  return Object.fromEntries(
    await findRepeatedScenes(
      (async function* () {
        yield* evaluatedFirst;
      })(),
    ),
  );
}

describe("findRepeatedScenes", () => {
  const values = [1.2345, 2.3456, 3.4567, 4.5678];

  test("finds a validation room that stands in train under another name", async () => {
    const copy = values.map((value) => value + 0.0001);
    expect(await find([scene("a", "train", copy), scene("b", "validation", values)])).toEqual({ a: "b" });
    expect(await find([scene("a", "train", copy), scene("b", "test", values)])).toEqual({ a: "b" });
  });

  test("a training room may stand in train twice, other rooms are left alone", async () => {
    const others = values.map((value) => value + 0.02);
    expect(await find([scene("a", "train", values), scene("b", "train", values)])).toEqual({});
    expect(await find([scene("a", "train", others), scene("b", "validation", values)])).toEqual({});
  });

  test("one or two equal measurements are chance", async () => {
    expect(await find([scene("a", "train", values.slice(0, 2)), scene("b", "validation", values)])).toEqual({});
    expect(await find([scene("a", "train", values.slice(0, 3)), scene("b", "validation", values)])).toEqual({ a: "b" });
  });
});

describe("findRepeats", () => {
  test("the second of two equal questions goes, the first stays", () => {
    const questions = ["a", "b", "a", "a"].map((id) => ({ id, ground_truth: "1" }));
    expect([...findRepeats(questions)]).toEqual([
      [2, { code: "duplicate-question", other: 0 }],
      [3, { code: "duplicate-question", other: 0 }],
    ]);
  });

  test("questions that contradict each other all go, each naming one that differs", () => {
    const questions = [
      { id: "a", ground_truth: "1" },
      { id: "a", ground_truth: "1" },
      { id: "a", ground_truth: "2" },
    ];
    expect(Object.fromEntries(findRepeats(questions))).toEqual({
      0: { code: "contradiction", other: 2 },
      1: { code: "contradiction", other: 0 },
      2: { code: "contradiction", other: 0 },
    });
  });

  test("what is left has every id once, and every id that never contradicted itself", () => {
    const question = fc.record({ id: fc.constantFrom("a", "b", "c", "d"), ground_truth: fc.constantFrom("1", "2") });
    fc.assert(
      fc.property(fc.array(question), (questions) => {
        const repeats = findRepeats(questions);
        const left = questions.filter((_, place) => !repeats.has(place)).map(({ id }) => id);
        const answers = new Map<string, Set<string>>();
        for (const { id, ground_truth } of questions) {
          answers.set(id, new Set([...(answers.get(id) ?? []), ground_truth]));
        }
        const consistent = [...answers].filter(([, truths]) => truths.size === 1).map(([id]) => id);
        expect(left.toSorted()).toEqual(consistent.toSorted());
      }),
    );
  });
});

function distance(id: string, scanId: string, value: number, truth = value.toFixed(1)): Question {
  return {
    schema: "vsi-question/1",
    id,
    dataset: "vsi-synth",
    scene_name: scanId,
    question_type: "object_abs_distance",
    question: `What is the distance between ${id} and the door (in meters)?`,
    ground_truth: truth,
    options: null,
    mc_answer: null,
    protocol: "vsi-100k",
    frames: [],
    evidence: { object_ids: [1, 2], value, unit: "m", margin: null, route: null, frames: null },
  };
}

async function select(scenes: readonly { scanId: string; split: DatasetSplit; questions: Question[] }[], seed = 0) {
  const results = new Map(scenes.map(({ scanId, questions }) => [scanId, { scanId, questions }] as const));
  const selection = await selectQuestions(scenes, async ({ scanId }) => results.get(scanId) ?? null, {
    seed,
    target: null,
  });
  return [...results.values()].map((result) => {
    const { questions, rejects } = selection(result);
    return [questions.map(({ id }) => id), rejects.map(({ code }) => code)];
  });
}

describe("selectQuestions", () => {
  test("drops repeats, contradictions and rooms that are evaluated on, and records each", async () => {
    const values = [1.111, 2.222, 3.333, 4.444];
    const room = (scanId: string) => values.map((value, place) => distance(`q${place}`, scanId, value));
    expect(
      await select([
        {
          scanId: "a",
          split: "train",
          questions: [distance("x", "a", 1.5), distance("x", "a", 1.5), distance("y", "a", 2)],
        },
        { scanId: "b", split: "train", questions: [distance("x", "b", 1.5), distance("x", "b", 2.5, "2.5")] },
        { scanId: "c", split: "train", questions: room("c") },
        { scanId: "d", split: "validation", questions: room("d") },
      ]),
    ).toEqual([
      [["x", "y"], ["duplicate-question"]],
      [[], ["contradiction", "contradiction"]],
      [[], Array(4).fill("near-duplicate-scene")],
      [["q0", "q1", "q2", "q3"], []],
    ]);
  });
});
