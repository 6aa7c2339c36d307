import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetSplit, Manifest, Question } from "@vsi/dataset";
import { type DatasetSettings, DEFAULT_DATASET_SETTINGS, type QuestionsSummary } from "@vsi/publish";

const QUESTION: Question = {
  schema: "vsi-question/1",
  id: "0123456789abcdef",
  dataset: "scannet",
  scene_name: "scene0000_00",
  question_type: "object_abs_distance",
  question: "What is the distance between the bed and the sink (in meters)?",
  ground_truth: "4.4",
  options: null,
  mc_answer: null,
  protocol: "vsi-100k",
  frames: [],
  evidence: { object_ids: [4, 9], value: 4.3708, unit: "m", margin: null, route: null, frames: null },
};

/** A whole question record, with the fields that a test is about. */
export function question(fields: Partial<Question> = {}): Question {
  return { ...QUESTION, ...fields };
}

/** The settings of a build without flags, with those that a test is about. */
export function settings(fields: Partial<DatasetSettings> = {}): DatasetSettings {
  return { ...DEFAULT_DATASET_SETTINGS, ...fields };
}

/** The manifest of such a build; counts are for the test to fill. */
export function manifest(fields: Partial<Manifest> = {}, changed: Partial<DatasetSettings> = {}): Manifest {
  const { seed, protocol, ...others } = settings(changed);
  return {
    schema: "vsi-manifest/1",
    name: protocol,
    protocol,
    seed,
    settings: others,
    versions: { "@vsi/dataset": "0.1.0", "vsi-build": "0.1.0" },
    inputs: { scans_read: 3, scans_skipped: {} },
    counts: { questions: { train: {}, validation: {} }, rejects: {}, not_drawn: {} },
    ...fields,
  };
}

/** What summarizeQuestions would say of no questions. */
export function emptySummary(splits: readonly DatasetSplit[] = ["train", "validation"]): QuestionsSummary {
  return {
    splits: splits.map((split) => ({ split, questions: 0, bytes: 0, scenes: 0, rooms: 0 })),
    unposedScenes: 0,
    sharedRooms: 0,
    scenesByDataset: new Map(),
    types: [],
  };
}

/** A folder with data/<split>.jsonl of these questions; whatever else a dataset has is missing. */
export async function writeQuestions(
  folder: string,
  questions: Partial<Record<DatasetSplit, readonly Question[]>>,
): Promise<string> {
  await mkdir(join(folder, "data"), { recursive: true });
  for (const [split, records] of Object.entries(questions)) {
    await writeFile(join(folder, "data", `${split}.jsonl`), records.map((one) => `${JSON.stringify(one)}\n`).join(""));
  }
  return folder;
}
