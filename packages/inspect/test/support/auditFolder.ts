import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DatasetSplit, MANIFEST_SCHEMA, type Manifest, type Question } from "@vsi/dataset";
import { DEFAULT_DATASET_SETTINGS } from "@vsi/publish";
import type { QuestionGroup } from "../../src/audit/questions.ts";

/** A dataset folder with one group of questions a split, in vsi-100k's records; its scenes are empty. */
export async function writeAuditFolder(
  folder: string,
  splits: Partial<Record<DatasetSplit, QuestionGroup>>,
): Promise<void> {
  await mkdir(join(folder, "data"), { recursive: true });
  await mkdir(join(folder, "scenes"), { recursive: true });
  const questions: Manifest["counts"]["questions"] = {};
  for (const [split, group] of Object.entries(splits)) {
    questions[split] = { [group.type]: group.questions.length };
    const lines = group.questions.map((_, index) => `${JSON.stringify(recordOf(group, index))}\n`);
    await writeFile(join(folder, "data", `${split}.jsonl`), lines.join(""));
  }
  await writeFile(join(folder, "rejects.jsonl"), "");
  const manifest: Manifest = {
    schema: MANIFEST_SCHEMA,
    name: "rooms",
    protocol: "vsi-100k",
    seed: 0,
    settings: { ...DEFAULT_DATASET_SETTINGS },
    versions: { "vsi-build": "0.1.0" },
    inputs: { scans_read: 0, scans_skipped: {} },
    counts: { questions, rejects: {}, not_drawn: {} },
  };
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
}

function recordOf({ type, questions }: QuestionGroup, index: number): Question {
  const { room, text, truth } = questions[index]!;
  return {
    schema: "vsi-question/1",
    id: index.toString(16).padStart(16, "0"),
    dataset: "vsi-synth",
    scene_name: `${room}_00`,
    question_type: type,
    question: text,
    ground_truth: truth,
    options: null,
    mc_answer: null,
    protocol: "vsi-100k",
    frames: [],
    evidence: { object_ids: [1, 2, 3], value: 20, unit: "degree", margin: 20, route: null, frames: null },
  };
}
