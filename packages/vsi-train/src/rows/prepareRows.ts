import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkReadable, UsageError } from "@vsi/command";
import { describeNoDataset } from "@vsi/command/internal";
import { DatasetError, type QuestionType } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import type { TrainOptions } from "../settings/trainOptions.ts";
import { readBenchmarkSet } from "./benchmarkSet.ts";
import { describeSkipped, makeRows, type TrainingRow } from "./rows.ts";
import { readTrainingSet } from "./trainingSet.ts";

/** What the rows depend on. */
export type RowOptions = Pick<
  TrainOptions,
  | "data"
  | "framesDir"
  | "split"
  | "types"
  | "limit"
  | "heldOut"
  | "frames"
  | "seed"
  | "method"
  | "mode"
  | "reward"
  | "rewardWeights"
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
  if (options.framesDir !== null) return prepareBenchmark(options, options.framesDir);
  await checkDataset(data);
  checkSplit(data, split);
  const { method, mode, reward, rewardWeights: weights } = options;
  const rowSettings = { method, mode, reward, weights, seed };
  const questions = await readTrainingSet({ folder: data, split, types, limit, frames, seed });
  const { rows: train, counts, skipped } = makeRows(questions, rowSettings);
  if (train.length === 0) throw uselessError(join(data, "data", `${split}.jsonl`), skipped, method);
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

/** @throws UsageError for a dataset that is being replaced, and for a path that is no dataset. */
export async function checkDataset(data: string): Promise<void> {
  await checkReadable(data);
  if (SPLITS.some((split) => hasSplit(data, split))) return;
  const found = await describeNoDataset(data);
  if (found !== null) throw new UsageError(`${data}: got ${found.got}, expected a dataset folder. ${found.advice}`);
}

const SPLITS = ["train", "validation", "test"] as const;

function hasSplit(data: string, split: string): boolean {
  return existsSync(join(data, "data", `${split}.jsonl`));
}

/**
 * A dataset built from a benchmark's rooms, or by `--split test`, has nothing to train on; a path that is missing says
 * nothing of that.
 */
function checkSplit(data: string, split: string): void {
  const others = SPLITS.filter((name) => hasSplit(data, name));
  if (hasSplit(data, split) || others.length === 0) return;
  const advice = others.includes("test") && others.length === 1 ? "Test rooms are never trained on: build" : "Build";
  throw new UsageError(
    `${data}: got questions of ${others.join(" and ")} only, expected some of ${split}. ${advice} a dataset from training scans.`,
  );
}

/** Rows of a JSONL in VSI-Bench's form, of which nothing is held out: it has no splits. */
async function prepareBenchmark(options: RowOptions, framesDir: string): Promise<PreparedRows> {
  const { method, mode, reward, rewardWeights: weights, seed, types, limit, frames } = options;
  const questions = await readBenchmarkSet({ file: options.data, framesDir, types, limit, frames, seed });
  const { rows: train, counts, skipped } = makeRows(questions, { method, mode, reward, weights, seed });
  if (train.length === 0) throw uselessError(options.data, skipped, method);
  return { train, heldOut: [], counts, skipped };
}

function uselessError(file: string, skipped: Record<string, number>, method: RowOptions["method"]): DatasetError {
  return new DatasetError("dataset-empty", {
    file: file.replaceAll("\\", "/"),
    place: "the whole file",
    got: "no question that the method can use",
    expected: "at least one question to train on",
    advice: `${describeSkipped(skipped, method)} Change --types.`,
  });
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
