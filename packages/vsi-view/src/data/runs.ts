import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { UsageError } from "@vsi/command";
import type { DatasetSplit } from "@vsi/dataset";
import { at, isRecord } from "@vsi/dataset/internal";
import { readJsonl } from "@vsi/dataset/node";
import { splitFile } from "@vsi/inspect/internal";
import {
  type ComparedReport,
  type Comparison,
  compareScores,
  type EvalQuestion,
  EvaluationError,
  readBenchmark,
  readPredictions,
  type ScoredAnswer,
  type ScoredPredictions,
  scorePredictions,
} from "vsi-eval";
import { findPredictionsFile, limitOf, readRecords, readSettings } from "vsi-eval/internal";
import type { RunAnswer, RunData } from "./contract.ts";
import { once } from "./once.ts";
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
  /** What is scored: of an answer in tags what stands in them. */
  predictions: ReadonlyMap<string, string>;
  /** All that the model said, where a run's folder holds it. */
  texts: ReadonlyMap<string, string>;
}

/**
 * Reads runs: folders of vsi-eval, or files of predictions in the forms that vsi-eval score takes by id.
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
    if (!existsSync(file)) {
      throw new UsageError(
        `--runs ${path}: got nothing at this path, expected a folder of vsi-eval run, or a JSONL file of predictions.`,
      );
    }
    const asked = await idsIn(file);
    const own = splits.filter((_, split) => {
      return [...asked].some((id) => index.table.split[index.rowOfId.get(id) ?? -1] === split);
    });
    // Of ids that are none of the dataset's, readPredictions says which.
    const of = own.length === 0 ? splits : own;
    for (const split of of) {
      if (!questionsOf.has(split)) questionsOf.set(split, await readSplit(folder, split));
    }
    const all = of.flatMap((split) => questionsOf.get(split) ?? []);
    const settings = await readSettings(file);
    const predictions = await readPredictions(file, all).catch(withOwnAdvice);
    // A run has the questions of one file, and a limit is of these.
    const questions = of.length === 1 ? all.slice(0, limitOf(all, predictions, settings) ?? undefined) : all;
    runs.push({
      name: at(names, run),
      path,
      settings: settings ?? {},
      splits: [...of],
      asked,
      questions,
      predictions,
      texts: await wholeTexts(file),
    });
  }
  return runs;
}

/** The advice to vsi-eval's users names flags that vsi-view does not have. */
function withOwnAdvice(error: unknown): never {
  if (!(error instanceof EvaluationError) || error.code !== "prediction-unknown-id") throw error;
  const advice = "Give runs that answer this dataset's questions.";
  throw new EvaluationError(error.code, { ...error.detail, advice }, { cause: error });
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

/** Of a run's answers.jsonl, whose last answer to a question counts: its thoughts first, where the server parted them. */
async function wholeTexts(predictions: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const file = join(dirname(predictions), "answers.jsonl");
  if (basename(predictions) !== "predictions.jsonl" || !existsSync(file)) return texts;
  for await (const { record } of readJsonl(file)) {
    if (!isRecord(record) || typeof record.prediction !== "string") continue;
    const { reasoning_content: thoughts, prediction } = record;
    texts.set(String(record.id), typeof thoughts === "string" ? `${thoughts}\n\n${prediction}` : prediction);
  }
  return texts;
}

async function idsIn(file: string): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { record } of readRecords(file, "predictions")) {
    const { id } = record;
    if (typeof id === "string" || typeof id === "number") ids.add(String(id));
  }
  return ids;
}

/**
 * What the page shows of each run, by run index, worked out when it is first asked for. Scoring and comparing 100,000
 * answers take about a second each: between two such steps the server answers others, and hears signals.
 */
export function runReader(runs: readonly OpenedRun[], index: QuestionIndex): (run: number) => Promise<RunData> {
  const scores = runs.map(({ questions, predictions }) =>
    once(async () => {
      await setImmediate();
      return scorePredictions(questions, predictions);
    }),
  );
  const compared = async (run: number, other: number): Promise<Comparison> => {
    const reports = [];
    for (const one of [run, other]) reports.push(comparedReport(at(runs, one), await at(scores, one)()));
    await setImmediate();
    return compareScores(at(reports, 0), at(reports, 1));
  };
  const read = runs.map((_, run) =>
    once(async () => {
      const data = runData(at(runs, run), await at(scores, run)(), index);
      for (const other of runs.keys()) data.comparisons.push(other === run ? null : await compared(run, other));
      return data;
    }),
  );
  return (run) => at(read, run)();
}

/** Without comparisons. */
function runData(
  { name, settings, splits, asked, texts }: OpenedRun,
  { scores, answers }: ScoredPredictions,
  index: QuestionIndex,
): RunData {
  const byRow = new Array<RunAnswer | null>(index.table.rows).fill(null);
  for (const answer of answers) {
    const row = index.rowOfId.get(answer.question.id);
    if (row !== undefined && asked.has(answer.question.id)) byRow[row] = answerOf(answer, texts);
  }
  return {
    name,
    settings,
    splits,
    scores: scores.rows,
    unanswered: scores.unanswered,
    answers: byRow,
    comparisons: [],
  };
}

function answerOf(
  { question, prediction, official, robust, read }: ScoredAnswer,
  texts: OpenedRun["texts"],
): RunAnswer {
  return {
    text: texts.get(question.id) ?? prediction,
    read: read === null || read.value === null ? null : String(read.value),
    why: read?.why ?? "unanswered",
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
