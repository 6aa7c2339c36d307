import { expect, test } from "@jest/globals";
import { datasetCard } from "../../src/card/datasetCard.ts";
import type { QuestionsSummary } from "../../src/card/summarizeQuestions.ts";
import { emptySummary, manifest, question } from "../support/question.ts";

const filled: QuestionsSummary = {
  splits: [
    { split: "train", questions: 1, bytes: 500, scenes: 1, rooms: 1 },
    { split: "validation", questions: 0, bytes: 0, scenes: 0, rooms: 0 },
  ],
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
  expect(card).toContain("Dropped: 3 repeated questions, 2 that contradict another, 1 of training scans");
  expect(card).toContain("| other | 9 |");
});

test("test rooms are said to be none to train on, others not", () => {
  const published = { ...filled, splits: [{ ...filled.splits[0]!, split: "test" as const }] };
  expect(datasetCard(manifest(), published, new Map())).toContain("never train on them");
  expect(datasetCard(manifest(), filled, files)).not.toContain("never train on them");
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
