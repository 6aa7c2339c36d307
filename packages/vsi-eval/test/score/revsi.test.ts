import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import { readBenchmark } from "../../src/benchmark.ts";
import type { EvalQuestion } from "../../src/evalQuestion.ts";
import { REVSI_TYPE_NAMES } from "../../src/foreignTypes.ts";
import { scoreText } from "../../src/output/score.ts";
import { planRun } from "../../src/run/planRun.ts";
import { DEFAULT_RUN_OPTIONS } from "../../src/run/runOptions.ts";
import { scorePredictions } from "../../src/score/scorePredictions.ts";
import { jsonLines } from "../support/benchmarkRecords.ts";
import { writeFrames } from "../support/makeBenchmark.ts";

const folder = temporaryFolder();

const NUMBERS = [
  "object_counting_single",
  "object_counting_multiple",
  "object_abs_distance",
  "object_size_estimation",
  "room_size_estimation_single",
  "room_size_estimation_multiple",
];
const CHOICES = [
  "object_rel_direction_forward_easy",
  "object_rel_direction_backward_easy",
  "object_rel_direction_forward_hard",
  "object_rel_direction_backward_hard",
  "object_rel_distance_closest",
  "object_rel_distance_farthest",
  "route_planning",
];
const OPTIONS = ["A. left", "B. right", "C. back"];

interface Case {
  type: string;
  truth: string;
  answer: string;
}

const number: fc.Arbitrary<Case> = fc.record({
  type: fc.constantFrom(...NUMBERS),
  // With so many digits no error stands on a threshold, where the doubles decide.
  truth: fc.integer({ min: 1_000_001, max: 9_999_999 }).map((value) => String(value / 1_000_003)),
  answer: fc
    .tuple(
      fc.constantFrom("", " ", "\n", "\t"),
      fc.oneof(
        fc.integer({ min: -999_983, max: 19_999_999 }).map((value) => String(value / 1_000_033)),
        fc.constantFrom("", "nan", "inf", "about", "2.5.", "3 m"),
      ),
      fc.constantFrom("", ".", "...", " ", " chairs", ". \n"),
    )
    .map((parts) => parts.join("")),
});
const choice: fc.Arbitrary<Case> = fc.record({
  type: fc.constantFrom(...CHOICES),
  truth: fc.constantFrom("A", "B", "C"),
  answer: fc
    .tuple(
      fc.constantFrom("", " ", "\n"),
      fc.constantFrom("A", "b", "C", "(A)", "left"),
      fc.constantFrom("", ".", ". left", "\n", ")"),
    )
    .map((parts) => parts.join("")),
});

function questionOf({ type, truth }: Case, index: number): EvalQuestion {
  const isChoice = CHOICES.includes(type);
  return {
    id: String(index),
    dataset: "revsi",
    scene_name: `s${index % 3}`,
    question_type: type,
    question: "?",
    ground_truth: isChoice ? OPTIONS[truth.charCodeAt(0) - 65]!.slice(3) : truth,
    options: isChoice ? OPTIONS : null,
    mc_answer: isChoice ? truth : null,
    frames: [],
    num_frames: 16,
  };
}

/** The description of the metric once more, with texts and fractions in place of our functions. */
function described(cases: readonly Case[]): Record<string, number> {
  const sums: Record<string, number[]> = {};
  for (const { type, truth, answer } of cases) {
    const token = /^[^ ]*/.exec(answer.trim())![0].replace(/\.+$/, "").trim();
    let score = 0;
    if (CHOICES.includes(type)) score = token.toLowerCase() === truth.toLowerCase() ? 1 : 0;
    else if (/^-?\d+(\.\d+)?$/.test(token)) {
      const error = Math.abs(Number(token) - Number(truth)) / Number(truth);
      // Ten tolerances of 50, 45, ... 5 percent: as many as the error leaves room for.
      score = Math.max(0, Math.min(10, Math.floor((0.55 - error) / 0.05))) / 10;
    }
    sums[type] = [...(sums[type] ?? []), score];
  }
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const types = Object.fromEntries(Object.entries(sums).map(([type, scores]) => [type, mean(scores)]));
  const groups = {
    object_counting: ["object_counting_single", "object_counting_multiple"],
    room_size_estimation: ["room_size_estimation_single", "room_size_estimation_multiple"],
    object_rel_distance: ["object_rel_distance_closest", "object_rel_distance_farthest"],
    object_rel_direction: CHOICES.slice(0, 4),
    object_abs_distance: ["object_abs_distance"],
    object_size_estimation: ["object_size_estimation"],
    route_planning: ["route_planning"],
  };
  const composites = Object.entries(groups).flatMap(([group, members]): [string, number][] => {
    const present = members.filter((type) => type in types).map((type) => types[type]!);
    return present.length === 0 ? [] : [[group, mean(present)]];
  });
  return { ...types, ...Object.fromEntries(composites), overall: mean(composites.map(([, value]) => value)) };
}

test("the types are those of the benchmark", () => {
  const shared = ["object_abs_distance", "object_size_estimation", "route_planning"];
  expect([...REVSI_TYPE_NAMES, ...shared].sort()).toEqual([...NUMBERS, ...CHOICES].sort());
});

test("its metric and its composites, on random answers of all types, are those of its description", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(number, choice), { minLength: 1, maxLength: 60 }), (cases) => {
      const questions = cases.map(questionOf);
      const answers = new Map(cases.map(({ answer }, index) => [String(index), answer]));
      const { rows } = scorePredictions(questions, answers, { resamples: 1, seed: 0, level: 0.95 }).scores;
      const expected = described(cases);
      const scored = new Map(rows.map(({ row, official }) => [row, official]));
      for (const [row, value] of Object.entries(expected)) expect(scored.get(row)).toBeCloseTo(value, 10);
      for (const [row, value] of scored) if (!(row in expected)) expect([row, value]).toEqual([row, null]);
    }),
  );
});

const RECORD = {
  scene_id: "s1",
  num_frames: 16,
  question_type: "object_counting_single",
  question: "How many?",
  options: null,
  ground_truth: "3",
};

describe("its records", () => {
  test("scene_id and num_frames are read, its table has no order of appearance, and its reader is the original", async () => {
    const path = join(folder, "revsi.jsonl");
    await writeFile(
      path,
      jsonLines([
        { ...RECORD, id: 1 },
        {
          ...RECORD,
          id: 2,
          num_frames: "all",
          question_type: "object_rel_distance_farthest",
          options: OPTIONS,
          ground_truth: "C",
        },
      ]),
    );
    const questions = await readBenchmark(path);
    expect(questions).toMatchObject([
      { dataset: "revsi", scene_name: "s1", num_frames: 16, ground_truth: "3" },
      { num_frames: "all", ground_truth: "back", mc_answer: "C" },
    ]);
    const { scores } = scorePredictions(
      questions,
      new Map([
        ["1", "\n3 chairs"],
        ["2", " c."],
      ]),
    );
    const text = scoreText({
      ...scores,
      schema: "vsi-score/1",
      data: { file: "b", sha256: "" },
      predictions: { file: "p" },
      selection: { subset: null, limit: null, unasked: 0 },
      settings: null,
    });
    expect(text).toMatch(/revsi +│ +100\.0/);
    expect(text).not.toContain("Appr. Order");
    expect(text).toContain("Rel. Dist. (farthest)");
    expect(text).toContain("Read by revsi 1.0 and robust");
  });

  test("the same id in two budgets is a duplicate that --subset resolves", async () => {
    const path = join(folder, "budgets.jsonl");
    await writeFile(path, jsonLines([16, 32].map((num_frames) => ({ ...RECORD, id: 1, num_frames }))));
    await expect(readBenchmark(path)).rejects.toMatchObject({
      code: "question-duplicate-id",
      detail: { advice: expect.stringContaining("--subset 32_frame") },
    });
    expect(await readBenchmark(path, { subset: "32_frame" })).toMatchObject([{ num_frames: 32 }]);
  });

  test.each([0, 1.5, "many", null])("a budget of %j is refused", async (num_frames) => {
    const path = join(folder, "bad.jsonl");
    await writeFile(path, jsonLines([{ ...RECORD, id: 1, num_frames }]));
    await expect(readBenchmark(path)).rejects.toMatchObject({
      code: "question-field",
      detail: { place: "line 1, num_frames" },
    });
  });
});

test("a run asks in its words and shows as many frames as a question is for, first from its budget's folder", async () => {
  const frames = join(folder, "frames");
  await mkdir(frames);
  await writeFrames(join(frames, "4_frame", "s1"), 6);
  await writeFrames(join(frames, "s1"), 9);
  const path = join(folder, "run.jsonl");
  const choice = { question_type: "object_rel_distance_closest", options: OPTIONS, ground_truth: "C" };
  await writeFile(
    path,
    jsonLines([
      { ...RECORD, id: 1, num_frames: 4 },
      { ...RECORD, ...choice, id: 2, num_frames: "all" },
    ]),
  );
  const server = { model: "m", baseUrl: "http://127.0.0.1:1/v1", out: join(folder, "out") };
  const plan = await planRun({ ...DEFAULT_RUN_OPTIONS, ...server, data: path, framesFolder: frames, frames: 2 });
  expect(plan.settings).toMatchObject({ prompts: "revsi", frames: null, subset: null });
  expect(plan.questions.map(({ prompt, frames: shown }) => [prompt, shown.length])).toEqual([
    ["These are frames of a video.\nHow many?\nAnswer the question using a single integer or decimal number.", 4],
    [
      "These are frames of a video.\nHow many?\nOptions:\nA. left\nB. right\nC. back\nAnswer with the option's letter from the given choices directly.",
      9,
    ],
  ]);
  expect(plan.questions[0]?.frames[0]?.path).toContain("4_frame");
});
