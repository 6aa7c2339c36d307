import { basename, dirname, join, resolve } from "node:path";
import type { DatasetSplit } from "@vsi/dataset";
import { at, isRecord } from "@vsi/dataset/internal";
import { readJsonl } from "@vsi/dataset/node";
import { splitFile } from "@vsi/inspect/internal";
import {
  type ComparedReport,
  compareScores,
  type EvalQuestion,
  readBenchmark,
  readPredictions,
  type ScoredAnswer,
  type ScoredPredictions,
  scorePredictions,
} from "vsi-eval";
import { findPredictionsFile, readSettings } from "vsi-eval/internal";
import type { RunAnswer, RunData } from "./contract.ts";
import type { QuestionIndex } from "./questionIndex.ts";

/** An evaluation run on questions of the dataset, not scored yet. */
export interface OpenedRun {
  name: string;
  /** As it was given. */
  path: string;
  settings: Record<string, unknown>;
  splits: DatasetSplit[];
  /** Ids that the file has a line of, with an answer or without. */
  asked: ReadonlySet<string>;
  questions: readonly EvalQuestion[];
  predictions: ReadonlyMap<string, string>;
}

/**
 * Reads runs: folders of vsi-eval, or JSONL files of predictions.
 *
 * @throws EvaluationError naming file and line of what is no run on this dataset.
 */
export async function openRuns(
  paths: readonly string[],
  folder: string,
  splits: readonly DatasetSplit[],
  index: QuestionIndex,
): Promise<OpenedRun[]> {
  const questionsOf = new Map<DatasetSplit, EvalQuestion[]>();
  const names = runNames(paths);
  const runs: OpenedRun[] = [];
  for (const [run, path] of paths.entries()) {
    const file = await findPredictionsFile(path);
    const asked = await idsIn(file);
    const own = splits.filter((_, split) => {
      return [...asked].some((id) => index.table.split[index.rowOfId.get(id) ?? -1] === split);
    });
    // Of ids that are none of the dataset's, readPredictions says which.
    const of = own.length === 0 ? splits : own;
    for (const split of of) {
      if (!questionsOf.has(split)) questionsOf.set(split, await readSplit(folder, split));
    }
    const questions = of.flatMap((split) => questionsOf.get(split) ?? []);
    runs.push({
      name: at(names, run),
      path,
      settings: (await readSettings(file)) ?? {},
      splits: [...of],
      asked,
      questions,
      predictions: await readPredictions(file, questions),
    });
  }
  return runs;
}

/** An empty split, which readBenchmark refuses, has nothing to be asked. */
async function readSplit(folder: string, split: DatasetSplit): Promise<EvalQuestion[]> {
  const file = join(folder, splitFile(split));
  for await (const _ of readJsonl(file)) return readBenchmark(file);
  return [];
}

/** The folder's name, or the file's; with the folder around it where two are the same. */
function runNames(paths: readonly string[]): string[] {
  const short = paths.map((path) => basename(resolve(path)));
  return paths.map((path, index) => {
    const own = at(short, index);
    return short.indexOf(own) === short.lastIndexOf(own) ? own : `${basename(dirname(resolve(path)))}/${own}`;
  });
}

async function idsIn(file: string): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { record } of readJsonl(file)) {
    const id = isRecord(record) ? record.id : undefined;
    if (typeof id === "string" || typeof id === "number") ids.add(String(id));
  }
  return ids;
}

/** Scores a run as `vsi-eval score` does. */
export function scoreRun({ questions, predictions }: OpenedRun): ScoredPredictions {
  return scorePredictions(questions, predictions);
}

/** What the page shows of a run. @param scored of all runs, by run index. */
export function runData(
  run: number,
  runs: readonly OpenedRun[],
  scored: readonly ScoredPredictions[],
  index: QuestionIndex,
): RunData {
  const { name, settings, splits, asked } = at(runs, run);
  const { scores, answers } = at(scored, run);
  const byRow = new Array<RunAnswer | null>(index.table.rows).fill(null);
  for (const answer of answers) {
    const row = index.rowOfId.get(answer.question.id);
    if (row !== undefined && asked.has(answer.question.id)) byRow[row] = answerOf(answer);
  }
  const report = comparedReport(at(runs, run), at(scored, run));
  return {
    name,
    settings,
    splits,
    scores: scores.rows,
    answers: byRow,
    comparisons: runs.map((other, index) => {
      return index === run ? null : compareScores(report, comparedReport(other, at(scored, index)));
    }),
  };
}

function answerOf({ prediction, official, robust, read }: ScoredAnswer): RunAnswer {
  return {
    text: prediction,
    read: read === null || read.value === null ? null : String(read.value),
    why: read?.why ?? null,
    official,
    robust,
  };
}

function comparedReport({ path, settings, splits }: OpenedRun, { scores }: ScoredPredictions): ComparedReport {
  const file = splits.map(splitFile).join(", ");
  return {
    // Both are files of this dataset: the same names are the same content.
    data: { file, sha256: file },
    predictions: { file: path.replaceAll("\\", "/") },
    settings: Object.keys(settings).length === 0 ? null : settings,
    questions: scores.questions,
  };
}
