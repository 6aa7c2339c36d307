import { stat } from "node:fs/promises";
import { join } from "node:path";
import { checkReadable, checkReportFile, type FolderLock, lockFile, UsageError } from "@vsi/command";
import { describeNoDataset } from "@vsi/command/internal";
import type { DatasetSplit, Question, VsiBenchRecord } from "@vsi/dataset";
import { fileError } from "@vsi/dataset/internal/node";
import { JsonlWriter, readJsonl } from "@vsi/dataset/node";
import { validateQuestion } from "@vsi/dataset/validate";
import { DATASET_SPLITS, noDatasetError, splitFile } from "./folder/datasetFolder.ts";

interface ExportOptions {
  /** The dataset folder. */
  folder: string;
  /** The file to write, outside the dataset folder. */
  out: string;
  /** One split, or null for all that are there. */
  split: DatasetSplit | null;
  /** Whether an existing file is replaced. */
  overwrite: boolean;
}

/** What was written; `--json` prints it. */
interface ExportReport {
  out: string;
  splits: DatasetSplit[];
  questions: number;
}

/**
 * Writes a dataset's questions in VSI-Bench's own form, one per line, with the ids of the dataset. Until it is complete
 * the file is called `<out>.partial`.
 *
 * @throws UsageError for a folder without questions, or an `out` that is in the way or inside a dataset; DatasetError
 * with file and line for a record that is none, or as in fileError.
 */
export async function exportVsiBench(options: ExportOptions): Promise<ExportReport> {
  const { folder, out } = options;
  await checkReadable(folder);
  const splits = await splitsToExport(options);
  await checkReportFile({ flag: "--out", path: out, command: "vsi-build", isOurs: null, overwrite: options.overwrite });
  const lock = lockOut(out);
  try {
    return { out, splits, questions: await writeRecords(folder, splits, out) };
  } finally {
    lock.release();
  }
}

function lockOut(out: string): FolderLock {
  try {
    return lockFile(out, "vsi-build export");
  } catch (error) {
    throw error instanceof UsageError ? error : fileError(error, out, "a file to write");
  }
}

/** @returns how many records there are. */
async function writeRecords(folder: string, splits: readonly DatasetSplit[], out: string): Promise<number> {
  const writer = await JsonlWriter.open<VsiBenchRecord>(out);
  let questions = 0;
  try {
    for (const split of splits) {
      const file = join(folder, splitFile(split));
      for await (const { line, record } of readJsonl(file)) {
        validateQuestion(record, { file, place: `line ${line}` });
        await writer.write(vsiBenchRecord(record));
        questions += 1;
      }
    }
  } catch (error) {
    await writer.abort();
    throw error;
  }
  await writer.close();
  return questions;
}

async function splitsToExport({ folder, split }: ExportOptions): Promise<DatasetSplit[]> {
  const present: DatasetSplit[] = [];
  for (const name of DATASET_SPLITS) {
    if (await isThere(join(folder, splitFile(name)))) present.push(name);
  }
  if (present.length === 0) {
    const found = await describeNoDataset(folder);
    if (found !== null) throw noDatasetError(folder, found);
    throw new UsageError(`${folder}: got no data/*.jsonl, expected a dataset's questions. Download or build it again.`);
  }
  if (split === null) return present;
  if (present.includes(split)) return [split];
  throw new UsageError(`--split ${split}: ${folder} has only ${present.join(" and ")}.`);
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** A question in VSI-Bench's own form, which has the letter for the answer and nothing of the evidence. */
export function vsiBenchRecord(question: Question): VsiBenchRecord {
  const { id, dataset, scene_name, question_type, ground_truth, options, mc_answer } = question;
  return {
    id,
    dataset,
    scene_name,
    question_type,
    question: question.question,
    ground_truth: mc_answer ?? ground_truth,
    options,
  };
}
