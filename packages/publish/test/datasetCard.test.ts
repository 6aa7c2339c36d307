import { describe, expect, test } from "@jest/globals";
import { emptySummary, manifest, question, settings } from "@vsi/testing/question";
import { datasetCard, exampleTable, framesSection } from "../src/datasetCard.ts";
import type { QuestionsSummary } from "../src/summary.ts";

const train = { split: "train", questions: 1, bytes: 500, scenes: 1, rooms: 1 } as const;
const filled: QuestionsSummary = {
  splits: [train, { split: "validation", questions: 0, bytes: 0, scenes: 0, rooms: 0 }],
  unposedScenes: 0,
  sharedRooms: 0,
  scenesByDataset: new Map([["scannet", 1]]),
  types: [
    {
      type: "object_abs_distance",
      questions: { train: 1 },
      answers: new Map([["4.4", 1]]),
      letters: new Map(),
      unit: "m",
      examples: [question()],
    },
  ],
};

const files = new Map([["train", { path: "data/train.jsonl", bytes: 500 }]]);

test("everything a user asks for has its section, once and in order", () => {
  const card = datasetCard(manifest(), filled, files);
  const sections =
    "Questions Answers Examples How it was made Files Frames Checks Known limits Verify Licence Citation";
  const heads = [...card.matchAll(/^## (.+)$/gm)].map(([, head]) => head);
  expect(heads.join(" ")).toBe(sections);
  expect(card).toContain("ScanNet Terms of Use");
  expect(card).toContain("(card/object_abs_distance.svg)");
  expect(card).toContain(question().id);
});

test("what was dropped is counted from the rejects", () => {
  const rejects = { "duplicate-question": 3, contradiction: 2, "near-duplicate-scene": 1, other: 9 };
  const card = datasetCard(manifest({ counts: { questions: {}, rejects, not_drawn: {} } }), filled, files);
  expect(card).toContain("Dropped: 3 duplicate questions, 2 contradicting another, 1 from training scans");
  expect(card).toContain("| other | 9 |");
});

test("test rooms are said to be none to train on, others not", () => {
  const published = { ...filled, splits: [{ ...train, split: "test" as const }] };
  expect(datasetCard(manifest(), published, new Map())).toContain("never for training");
  expect(datasetCard(manifest(), filled, files)).not.toContain("never for training");
});

test("regression: the loader gave load_dataset a folder without a name, and with other sources' pixels nothing was said", () => {
  const frames = { frames: 4, sampling: "uniform" as const, size: null, video: false };
  const cardOf = (dataset: string, pixels = true) =>
    datasetCard(manifest({}, { frames, pixels }), { ...filled, scenesByDataset: new Map([[dataset, 1]]) }, files);
  // datasets 5.2: load_dataset(".") fails with "dataset_name should be specified but got None".
  expect(cardOf("scannet")).toContain('ROOT = Path(".").resolve()');
  expect(cardOf("arkitscenes")).toContain("**The pixels of `arkitscenes` must not be passed on**");
  for (const card of [cardOf("vsi-synth"), cardOf("scannet"), cardOf("arkitscenes", false)]) {
    expect(card).not.toContain("must not be passed on**");
  }
});

test("Parquet stands among the files when it is there", () => {
  expect(datasetCard(manifest({}, { format: "parquet" }), filled, files)).toContain("`data/*.parquet`");
  expect(datasetCard(manifest(), filled, files)).not.toContain("parquet");
});

test("a dataset without a question still has a card, without pictures", () => {
  const card = datasetCard(manifest(), emptySummary(), new Map());
  expect(card).toContain("| **questions** | **0** | **0** | **0** |");
  expect(card).not.toContain("card/");
});

describe("exampleTable", () => {
  const summary = {
    type: "object_abs_distance",
    questions: {},
    answers: new Map(),
    letters: new Map(),
    unit: "m",
  } as const;

  test("a question with its answer, what was measured and the objects", () => {
    const evidence = { ...question().evidence, value: 4.370884 };
    const [, , row] = exampleTable({ ...summary, examples: [question({ evidence })] }).split("\n");
    const { id, question: text } = question();
    expect(row).toBe(`| ${id} | scene0000_00 | ${text} | 4.4 | 4.3709 m | 4, 9 |`);
  });

  test("options stand behind the question, and the answer has its letter; nothing measured is a dash", () => {
    const choice = question({
      question: "Which?",
      ground_truth: "sink",
      options: ["A. bed", "B. sink"],
      mc_answer: "B",
      evidence: { ...question().evidence, value: null, unit: null },
    });
    const [, , row] = exampleTable({ ...summary, examples: [choice] }).split("\n");
    expect(row).toContain("| Which? A. bed B. sink | B (sink) | – |");
  });

  test("an annotator's odd label stays text: no row, cell or link of its own", () => {
    const table = exampleTable({ ...summary, examples: [question({ question: "a | b\n[x](http://y) <b>" })] });
    expect(table.trim().split("\n")).toHaveLength(3);
    expect(table).not.toMatch(/[^\\]\[x|<b>|a \| b/);
  });
});

const frames = { frames: 8, sampling: "uniform", size: null, video: false } as const;

test("without frames: how they would come, or whose the videos are", () => {
  expect(framesSection(settings(), true, false)).toContain("--frames N");
  expect(framesSection(settings(), true, true)).toContain("made from published scene facts");
});

test("with ScanNet's pixels: they must not be redistributed, and --no-pixels is the way", () => {
  const text = framesSection(settings({ frames }), true, false);
  expect(text).toContain("must not be redistributed");
  expect(text).toContain("--no-pixels");
  expect(framesSection(settings({ frames }), false, false)).not.toContain("must not");
});

test("frames of published facts: of videos, without poses, and the command says where the videos are", () => {
  const text = framesSection(settings({ frames, pixels: false }), true, true);
  expect(text).toContain("the scene's video");
  expect(text).not.toMatch(/pose|accept the terms/);
  expect(text).toContain("vsi-build --meta-info FILE --frames-root DIR --seed 0 --frames 8\n");
});

test("without pixels: the command that brings them, and ScanNet's terms where they hold", () => {
  const text = framesSection(settings({ frames, pixels: false }), true, false);
  expect(text).toContain("accept the terms");
  expect(text).toContain("```sh\nvsi-build --scannet ./raw --seed 0 --frames 8\n```");
  expect(framesSection(settings({ frames, pixels: false }), false, false)).not.toContain("terms");
});
