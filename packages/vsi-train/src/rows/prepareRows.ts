import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkReadable, describeNoDataset, UsageError } from "@vsi/command";
import { DatasetError, type QuestionType } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import type { TrainOptions } from "../settings/trainOptions.ts";
import { describeSkipped, makeRows, type TrainingRow } from "./rows.ts";
import { readTrainingSet } from "./trainingSet.ts";

/** What the rows depend on. */
export type RowOptions = Pick<
  TrainOptions,
  "data" | "split" | "types" | "limit" | "heldOut" | "frames" | "seed" | "method" | "mode" | "reward" | "rewardWeights"
>;

/** The rows to train on and those held out. */
export interface PreparedRows {
  train: TrainingRow[];
  heldOut: TrainingRow[];
  /** How many rows to train on there are, by question type. */
  counts: Record<string, number>;
  /** How many questions of the split to train on the method has no use for, by question type. */
  skipped: Record<string, number>;
}

/**
 * Reads and checks the dataset and makes the rows to train on and those held out: from data/validation.jsonl, unless
 * that is what is trained on, it is missing, or it holds none of the types asked for.
 *
 * @throws DatasetError with file and line, as in readTrainingSet and makeRows, and "dataset-empty" when the method has no
 * use for any of the questions; UsageError for a dataset that is being replaced, and for a path that is no dataset.
 */
export async function prepareRows(options: RowOptions): Promise<PreparedRows> {
  const { data, split, types, limit, frames, seed } = options;
  await checkReadable(data);
  const found = existsSync(join(data, "data", `${split}.jsonl`)) ? null : await describeNoDataset(data);
  if (found !== null) throw new UsageError(`${data}: got ${found.got}, expected a dataset folder. ${found.advice}`);
  const { method, mode, reward, rewardWeights: weights } = options;
  const rowSettings = { method, mode, reward, weights, seed };
  const questions = await readTrainingSet({ folder: data, split, types, limit, frames, seed });
  const { rows: train, counts, skipped } = makeRows(questions, rowSettings);
  if (train.length === 0) {
    throw new DatasetError("dataset-empty", {
      file: join(data, "data", `${split}.jsonl`).replaceAll("\\", "/"),
      place: "the whole file",
      got: "no question that the method can use",
      expected: "at least one question to train on",
      advice: `${describeSkipped(skipped, options.method)} Change --types.`,
    });
  }
  if (split === "validation" || options.heldOut === 0 || !(await hasRows(data, "validation", types))) {
    return { train, heldOut: [], counts, skipped };
  }
  const held = await readTrainingSet({
    folder: data,
    split: "validation",
    types,
    limit: options.heldOut,
    frames,
    seed,
  });
  return { train, heldOut: makeRows(held, rowSettings).rows, counts, skipped };
}

/**
 * Whether a split of a dataset has a question of one of the types (null for any). A dataset of few rooms may have an
 * empty validation file, or none.
 *
 * @throws DatasetError when a line before the first such question is not JSON.
 */
export async function hasRows(folder: string, split: string, types: readonly QuestionType[] | null): Promise<boolean> {
  const path = join(folder, "data", `${split}.jsonl`);
  if (!existsSync(path)) return false;
  for await (const { record } of readJsonl(path)) {
    const type = (record as { question_type?: QuestionType } | null)?.question_type;
    if (types === null || (type !== undefined && types.includes(type))) return true;
  }
  return false;
}
