import { makeRows } from "../data/makeRows.ts";
import { readTrainingSet } from "../data/readTrainingSet.ts";
import type { TrainingRow } from "../data/trainingRow.ts";
import { hasRows } from "./hasRows.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** What the rows depend on. */
export type RowOptions = Pick<
  TrainOptions,
  "data" | "split" | "types" | "limit" | "heldOut" | "frames" | "seed" | "method" | "mode" | "reward"
>;

/** The rows to train on and those held out. */
export interface PreparedRows {
  train: TrainingRow[];
  heldOut: TrainingRow[];
  /** How many rows to train on there are, by question type. */
  counts: Record<string, number>;
}

/**
 * Reads and checks the dataset and makes the rows to train on and those held out: from data/validation.jsonl, unless
 * that is what is trained on, it is missing, or it holds none of the types asked for.
 *
 * @throws DatasetError with file and line, as in readTrainingSet and makeRows.
 */
export async function prepareRows(options: RowOptions): Promise<PreparedRows> {
  const { data, split, types, limit, frames, seed } = options;
  const rowSettings = { method: options.method, mode: options.mode, accuracy: options.reward, seed };
  const questions = await readTrainingSet({ folder: data, split, types, limit, frames, seed });
  const train = makeRows(questions, rowSettings);
  const counts: Record<string, number> = {};
  for (const { question } of questions) counts[question.question_type] = (counts[question.question_type] ?? 0) + 1;
  if (split === "validation" || options.heldOut === 0 || !(await hasRows(data, "validation", types))) {
    return { train, heldOut: [], counts };
  }
  const held = await readTrainingSet({
    folder: data,
    split: "validation",
    types,
    limit: options.heldOut,
    frames,
    seed,
  });
  return { train, heldOut: makeRows(held, rowSettings), counts };
}
