import { describe, expect, test } from "@jest/globals";
import type { DatasetSplit, Question, SceneFacts } from "@vsi/dataset";
import { testStream } from "@vsi/testing/stream";
import fc from "fast-check";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { LEAST_ROOMS } from "../src/balance/folds.ts";
import { generateQuestions, generateSceneQuestions } from "../src/generateQuestions.ts";
import type { GenerateOptions } from "../src/options.ts";
import {
  type ScanQuestions,
  type SelectOptions,
  selectQuestions,
  THIN_COUNTS_TO,
  THIN_SIZES_TO,
} from "../src/selectQuestions.ts";
import type { Target } from "../src/targets.ts";
import { arbitraryClearFacts, factsWith } from "./support/facts.ts";
import { arrangedRooms } from "./support/plantedRooms.ts";

interface TestScan {
  scanId: string;
  split: DatasetSplit;
  questions: Question[];
  pool?: ScanQuestions["pool"];
  facts?: SceneFacts;
}

function numeric(
  id: string,
  scanId: string,
  fields: Partial<Question>,
  value: number,
  truth = String(value),
): Question {
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
    ...fields,
  };
}

const distance = (id: string, scanId: string, value: number, truth = value.toFixed(1)) =>
  numeric(id, scanId, {}, value, truth);

/** Every scan's share of what is selected, and what was asked of its facts. */
async function select(scans: readonly TestScan[], options: Partial<SelectOptions> = {}) {
  const results = new Map(scans.map(({ scanId, questions, pool = {} }) => [scanId, { scanId, questions, pool }]));
  const selection = await selectQuestions(scans, async ({ scanId }) => results.get(scanId) ?? null, {
    generate: {},
    target: null,
    ...options,
  });
  const factsAsked: string[] = [];
  const selected = [];
  for (const { scanId, facts = factsWith([]) } of scans) {
    const loadFacts = async () => {
      factsAsked.push(scanId);
      return facts;
    };
    selected.push(await selection.select(results.get(scanId)!, loadFacts));
  }
  return { selected, roomsLearntFrom: selection.roomsLearntFrom, factsAsked };
}

const idsAndCodes = ({ selected }: Awaited<ReturnType<typeof select>>) =>
  selected.map(({ questions, rejects }) => [questions.map(({ id }) => id), rejects.map(({ code }) => code)]);

/** What stage one makes of facts. */
function scanOf(facts: SceneFacts, generate: Partial<GenerateOptions>, split: DatasetSplit = "train"): TestScan {
  const { questions, pool } = generateSceneQuestions(facts, generate);
  return { scanId: facts.scene_name, split, questions, pool, facts };
}

describe("selectQuestions", () => {
  test("drops repeats, contradictions and rooms that are evaluated on, and records each", async () => {
    const values = [1.111, 2.222, 3.333, 4.444];
    const room = (scanId: string) => values.map((value, place) => distance(`q${place}`, scanId, value));
    const scans: TestScan[] = [
      {
        scanId: "a",
        split: "train",
        questions: [distance("x", "a", 1.5), distance("x", "a", 1.5), distance("y", "a", 2)],
      },
      { scanId: "b", split: "train", questions: [distance("x", "b", 1.5), distance("x", "b", 2.5, "2.5")] },
      { scanId: "c", split: "train", questions: room("c") },
      { scanId: "d", split: "validation", questions: room("d") },
    ];
    const made = await select(scans);
    expect(idsAndCodes(made)).toEqual([
      [["x", "y"], ["duplicate-question"]],
      [[], ["contradiction", "contradiction"]],
      [[], Array(4).fill("near-duplicate-scene")],
      [["q0", "q1", "q2", "q3"], []],
    ]);
    // Nothing was picked: no facts were read.
    expect(made.factsAsked).toEqual([]);
  });

  test("of one scan: the questions that generateQuestions asks of it alone, and as many picked as it counts less", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryClearFacts, fc.integer(), async (facts, seed) => {
        const generate = { protocol: "vsi-bench", seed } as const;
        const alone = generateQuestions(facts, generate);
        const { selected, roomsLearntFrom, factsAsked } = await select([scanOf(facts, generate)], { generate });
        const [{ questions, picked }] = selected as [(typeof selected)[number]];
        expect(questions).toEqual(alone.questions);
        expect(roomsLearntFrom).toBe(0);
        expect(factsAsked).toEqual(Object.keys(picked).length > 0 ? [facts.scene_name] : []);
        const { notDrawn } = generateSceneQuestions(facts, generate);
        for (const [type, count] of Object.entries(picked)) {
          const left = alone.notDrawn[type as keyof typeof notDrawn]!;
          expect(left).toBe(notDrawn[type as keyof typeof notDrawn]! - count);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("a training room that is evaluated on under another name gives no picks either", async () => {
    const [facts] = arrangedRooms(1) as [SceneFacts];
    const copy = { ...facts, scene_name: "scene8000_00" };
    const { selected } = await select([scanOf(copy, {}), scanOf(facts, {}, "validation")]);
    const [left, right] = selected as [(typeof selected)[number], (typeof selected)[number]];
    expect(left.questions).toEqual([]);
    expect(left.picked).toEqual({});
    expect(new Set(left.rejects.map(({ code }) => code))).toEqual(new Set(["near-duplicate-scene"]));
    expect(right.questions).toEqual(generateQuestions(facts).questions);
  });

  test("a scan that was left out counts for nothing: the others are as without it", async () => {
    const scans = arrangedRooms(4).map((facts) => scanOf(facts, {}));
    const results = new Map(scans.map(({ scanId, questions, pool = {} }) => [scanId, { scanId, questions, pool }]));
    const options: SelectOptions = { generate: {}, target: null };
    const withGap = await selectQuestions(
      scans,
      async ({ scanId }) => (scanId === scans[1]!.scanId ? null : results.get(scanId)!),
      options,
    );
    const without = await selectQuestions(
      [scans[0]!, scans[2]!, scans[3]!],
      async ({ scanId }) => results.get(scanId)!,
      options,
    );
    for (const { scanId, facts } of [scans[0]!, scans[2]!, scans[3]!]) {
      const result = results.get(scanId)!;
      expect(await withGap.select(result, async () => facts!)).toEqual(
        await without.select(result, async () => facts!),
      );
    }
  });
});

describe("numbers that are too common", () => {
  /** Mean relative accuracy of a constant, by VSI-Bench's formula. */
  const scoreOf = (constant: number, truths: readonly number[]) =>
    truths.reduce((sum, truth) => {
      const error = Math.abs(constant - truth) / truth;
      const passed = Array.from({ length: 10 }, (_, step) => 0.5 - 0.05 * step).filter((most) => error <= most + 1e-9);
      return sum + passed.length / 10;
    }, 0) / truths.length;

  const best = (truths: readonly number[]) =>
    Math.max(...Array.from({ length: 300 }, (_, answer) => scoreOf(answer + 1, truths)));

  /** Rooms whose counts are mostly 2 and whose beds are mostly of 200 cm. */
  const rooms = (count: number, seed: number): TestScan[] =>
    Array.from({ length: count }, (_, room) => {
      const stream = testStream(seed + room);
      const scanId = `scene${String(room).padStart(4, "0")}_00`;
      const questions = ["chair", "table", "door", "lamp"].map((label) => {
        const number = uniformInt(stream, 0, 2) < 2 ? 2 : uniformInt(stream, 3, 9);
        const text = `How many ${label}(s) are in this room?`;
        const evidence = { object_ids: [1], value: number, unit: "count", margin: null, route: null, frames: null };
        const fields = { question_type: "object_counting", question: text, evidence } as Partial<Question>;
        return numeric(`${room} ${label}`, scanId, fields, number);
      });
      const size = uniformInt(stream, 0, 3) < 3 ? 200 : Math.round(20 * 1.6 ** uniformInt(stream, 0, 8));
      const text = "What is the size of the bed?";
      const bed = numeric(`${room} bed`, scanId, { question_type: "object_size_estimation", question: text }, size);
      return { scanId, split: room % 2 === 0 ? "validation" : "train", questions: [...questions, bed] };
    });

  const truths = (selected: readonly { questions: readonly Question[] }[], type: string, scans: readonly TestScan[]) =>
    ["train", "validation"].map((split) =>
      selected
        .filter((_, place) => scans[place]!.split === split)
        .flatMap(({ questions }) => questions.filter((asked) => asked.question_type === type))
        .map(({ ground_truth }) => Number(ground_truth)),
    );

  test("counts are thinned in every split until no constant scores more than the limit; sizes stay", async () => {
    const scans = rooms(100, 0);
    const { selected, roomsLearntFrom } = await select(scans);
    expect(roomsLearntFrom).toBe(100);
    for (const counts of truths(selected, "object_counting", scans)) {
      expect(counts.length).toBeGreaterThan(20);
      expect(best(counts)).toBeLessThanOrEqual(THIN_COUNTS_TO + 1e-9);
    }
    const all = scans.flatMap(({ questions }) => questions);
    const gone = selected.flatMap(({ rejects }) => rejects);
    expect(new Set(gone.map(({ code, question_type }) => `${code} ${question_type}`))).toEqual(
      new Set(["answer-too-common object_counting"]),
    );
    expect(selected.flatMap(({ questions }) => questions).length + gone.length).toBe(all.length);
    expect(
      best(all.filter((one) => one.question_type === "object_counting").map((one) => Number(one.ground_truth))),
    ).toBeGreaterThan(0.6);
  });

  test("a label's sizes too where that is asked for", async () => {
    const scans = rooms(100, 100);
    const { selected } = await select(scans, { generate: { thinSizes: true } });
    const before = truths(scans, "object_size_estimation", scans);
    for (const [split, sizes] of truths(selected, "object_size_estimation", scans).entries()) {
      expect(sizes.length).toBeLessThan(before[split]!.length);
      const isHard = best(sizes) <= THIN_SIZES_TO + 1e-9;
      expect(isHard || sizes.length === Math.ceil(before[split]!.length / 5)).toBe(true);
    }
  });

  test("nothing is thinned where answers are not balanced, or rooms are too few to tell what is common", async () => {
    for (const [count, generate] of [
      [60, { rules: "paper" }],
      [60, { rules: "published" }],
      [60, { balance: false }],
      [LEAST_ROOMS - 1, {}],
    ] as const) {
      const scans = rooms(count, 0);
      const { selected, roomsLearntFrom } = await select(scans, { generate });
      expect(roomsLearntFrom).toBe(0);
      expect(selected.map(({ questions }) => questions)).toEqual(scans.map(({ questions }) => questions));
    }
    expect((await select(rooms(LEAST_ROOMS, 0))).roomsLearntFrom).toBe(LEAST_ROOMS);
  });

  test("regression: a split of a few rooms, in which every number is common, lost all of its counts", async () => {
    const scans = rooms(60, 0).map((scan, place) => {
      return { ...scan, split: place < LEAST_ROOMS - 1 ? ("validation" as const) : ("train" as const) };
    });
    const { selected } = await select(scans);
    const [train, validation] = truths(selected, "object_counting", scans);
    expect(validation).toHaveLength(4 * (LEAST_ROOMS - 1));
    expect(best(train!)).toBeLessThanOrEqual(THIN_COUNTS_TO + 1e-9);
  });

  test("rescans of a room are one room", async () => {
    const scans = rooms(LEAST_ROOMS, 0).map((scan, place) => {
      const scanId = `scene${String(place >> 1).padStart(4, "0")}_0${place % 2}`;
      return { ...scan, scanId, split: "train" as const };
    });
    expect((await select(scans)).roomsLearntFrom).toBe(0);
    // As a table of rooms says, where names do not.
    const videos = rooms(LEAST_ROOMS, 0).map((scan, place) => ({ ...scan, room: `office ${place >> 1}` }));
    expect((await select(videos)).roomsLearntFrom).toBe(0);
  });
});

describe("a target", () => {
  test("caps questions and picks together to its share of the scans that were read", async () => {
    const scans = arrangedRooms(10).map((facts) => scanOf(facts, {}));
    const target: Target = {
      scans: 100,
      questions: { object_abs_distance: 500, object_rel_distance: 170, object_rel_direction_easy: 0 },
      source: "this test",
    };
    const { selected } = await select(scans, { target });
    const all = (await select(scans)).selected.flatMap(({ questions }) => questions);
    const count = (questions: readonly Question[], type: string) =>
      questions.filter(({ question_type }) => question_type === type).length;
    const kept = selected.flatMap(({ questions }) => questions);
    expect(count(kept, "object_abs_distance")).toBe(50);
    expect(count(kept, "object_rel_distance")).toBe(17);
    expect(count(kept, "object_rel_direction_easy")).toBe(0);
    expect(count(kept, "room_size_estimation")).toBe(count(all, "room_size_estimation"));
    // What goes is on record, and what stays is what would have been asked without a target.
    const over = selected.flatMap(({ rejects }) => rejects).filter(({ code }) => code === "over-target");
    expect(kept.length + over.length).toBe(all.length);
    expect(all).toEqual(expect.arrayContaining(kept));
  });
});
