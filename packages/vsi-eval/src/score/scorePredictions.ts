import type { QuestionType } from "@vsi/dataset";
import { checkArguments, MAP } from "@vsi/dataset/internal";
import { answerAccuracy, type ReadAnswer, type ReadReason, readAnswer, scoreOfficial } from "@vsi/scoring";
import { type EvalQuestion, QUESTION_LIST, scanOf, truthOf } from "../benchmark.ts";
import {
  type BootstrapOptions,
  bootstrapIntervals,
  completeBootstrap,
  type Interval,
  type ScanValue,
  typeMeans,
} from "./intervals.ts";
import { isInRow, isOfficialRow, rowValues, TABLE_ROWS, type TableRow } from "./tableRows.ts";

/** Enough of each reason to see what the model does; all of them are in the file of --per-question. */
const EXAMPLES_OF_A_REASON = 3;

/** 300 characters: a sentence or three, so that an example stays one line of a report. */
const LONGEST_EXAMPLE = 300;

/** What one question's answer is worth. */
export interface ScoredAnswer {
  question: EvalQuestion;
  /** The model's text; null when there was none. */
  prediction: string | null;
  /** By VSI-Bench's own code, in 0 to 1. */
  official: number;
  /** Of what the forgiving reader read, in 0 to 1: Mean Relative Accuracy, or 1 for the right option or word. */
  robust: number;
  /** What the forgiving reader read and why; null when there was no text. */
  read: ReadAnswer | null;
}

/** What the answers are worth, and every one of them for a closer look. */
export interface ScoredPredictions {
  scores: Scores;
  /** In the benchmark's order. */
  answers: ScoredAnswer[];
}

/**
 * Scores a benchmark's answers by VSI-Bench's official metric and by the forgiving reader, with bootstrap intervals
 * grouped by scan. The order of the predictions changes nothing.
 *
 * @param predictions the model's text by question id; a question without one counts as 0.
 *
 * @example
 * ```js
 * import { readBenchmark, scorePredictions } from "vsi-eval";
 *
 * const questions = await readBenchmark("vsi-100k/data/train.jsonl");
 * const predictions = new Map(questions.map(({ id, ground_truth, mc_answer }) => [id, mc_answer ?? ground_truth]));
 * const { scores } = scorePredictions(questions, predictions, { resamples: 100, seed: 0, level: 0.95 });
 * console.log(scores.unanswered); // 0
 * ```
 */
export function scorePredictions(
  questions: readonly EvalQuestion[],
  predictions: ReadonlyMap<string, string>,
  given: Partial<BootstrapOptions> = {},
): ScoredPredictions {
  checkArguments("scorePredictions", { questions: [questions, QUESTION_LIST], predictions: [predictions, MAP] });
  const bootstrap = completeBootstrap(given, "scorePredictions");
  const answers = questions.map((question) => scoreQuestion(question, predictions.get(question.id) ?? null));
  const scored = answers.map(toQuestionScore);
  const refused = answers.flatMap(toUnreadExample);
  return {
    answers,
    scores: {
      rows: scoreRows(answers, scored, bootstrap),
      questions_total: questions.length,
      scans_total: new Set(scored.map(({ scan }) => scan)).size,
      unanswered: answers.filter(({ prediction }) => prediction === null).length,
      unreadable: countReasons(refused),
      unreadable_examples: firstOfEach(refused),
      bootstrap,
      questions: scored,
    },
  };
}

/**
 * Scores one answer by both metrics. Without an answer both are 0. Never fails for any text of a model.
 *
 * @throws ScoringError for a question that readBenchmark would have refused.
 */
export function scoreQuestion(question: EvalQuestion, prediction: string | null): ScoredAnswer {
  if (prediction === null) return { question, prediction, official: 0, robust: 0, read: null };
  const truth = truthOf(question);
  const read = readAnswer(prediction, { questionType: truth.question_type, options: truth.options });
  return {
    question,
    prediction,
    official: scoreOfficial({ ...truth, prediction }),
    robust: answerAccuracy(read.value, truth, "mra"),
    read,
  };
}

function scoreRows(
  answers: readonly ScoredAnswer[],
  scored: readonly QuestionScore[],
  bootstrap: BootstrapOptions,
): ScoreRow[] {
  const measure = (metric: "official" | "robust") => {
    const values = scored.map(
      (question): ScanValue => ({ scan: question.scan, type: question.type, value: question[metric] }),
    );
    return { values: rowValues(typeMeans(values)), intervals: bootstrapIntervals(values, bootstrap) };
  };
  const official = measure("official");
  const robust = measure("robust");
  const rows = TABLE_ROWS.map((row): ScoreRow => {
    const counted = answers.filter(({ question }) => isInRow(question.question_type, row));
    return {
      row,
      questions: counted.length,
      unread: counted.filter(({ read }) => read === null || read.value === null).length,
      official: official.values[row],
      official_interval: official.intervals[row],
      robust: robust.values[row],
      robust_interval: robust.intervals[row],
    };
  });
  return rows.filter(({ row, questions }) => isOfficialRow(row) || questions > 0);
}

function toQuestionScore({ question, official, robust }: ScoredAnswer): QuestionScore {
  const { id, question_type } = question;
  return { id, scan: scanOf(question), type: question_type, official, robust };
}

function toUnreadExample({ question, prediction, read }: ScoredAnswer): UnreadExample[] {
  if (prediction === null || read === null || read.value !== null) return [];
  const { id, question_type, ground_truth } = question;
  const shown = prediction.length > LONGEST_EXAMPLE ? `${prediction.slice(0, LONGEST_EXAMPLE)}…` : prediction;
  return [{ id, question_type, why: read.why, prediction: shown, ground_truth }];
}

function countReasons(refused: readonly UnreadExample[]): Partial<Record<ReadReason, number>> {
  const counts: Partial<Record<ReadReason, number>> = {};
  for (const { why } of refused) counts[why] = (counts[why] ?? 0) + 1;
  return counts;
}

function firstOfEach(refused: readonly UnreadExample[]): UnreadExample[] {
  const seen = new Map<ReadReason, number>();
  return refused.filter(({ why }) => {
    const before = seen.get(why) ?? 0;
    seen.set(why, before + 1);
    return before < EXAMPLES_OF_A_REASON;
  });
}

/** The format and major version of what `vsi-eval score --json` prints. */
export const SCORE_SCHEMA = "vsi-score/1";

/** One row of the table. Scores and intervals are in 0 to 1. */
export interface ScoreRow {
  row: TableRow;
  /** How many questions of its types the benchmark has. */
  questions: number;
  /** How many of those had no answer, or one that the forgiving reader refused. */
  unread: number;
  official: number | null;
  /** Null where there is too little to draw from: see bootstrapIntervals. */
  official_interval: Interval | null;
  robust: number | null;
  robust_interval: Interval | null;
}

/** One question as `vsi-eval compare` pairs it. */
export interface QuestionScore {
  id: string;
  /** The scan: dataset and scene_name with a slash between. */
  scan: string;
  type: QuestionType;
  official: number;
  robust: number;
}

/** An answer that could not be read. */
export interface UnreadExample {
  id: string;
  question_type: QuestionType;
  why: ReadReason;
  /** The model's text, cut when it is long. */
  prediction: string;
  ground_truth: string;
}

/** What a set of answers is worth. */
export interface Scores {
  /** The average, VSI-Bench's eight tasks, and what else the benchmark has questions of. */
  rows: ScoreRow[];
  /** Questions of the benchmark and the scans they are about. */
  questions_total: number;
  scans_total: number;
  /** Questions without a prediction: each counts as 0. */
  unanswered: number;
  /** How many answers the forgiving reader refused, by reason; each counts as 0 in robust. */
  unreadable: Partial<Record<ReadReason, number>>;
  /** The first few of each reason, in the benchmark's order. */
  unreadable_examples: UnreadExample[];
  bootstrap: BootstrapOptions;
  /** Every question, in the benchmark's order. */
  questions: QuestionScore[];
}

/** What `vsi-eval score --json` prints: the scores and what they are of. */
export interface ScoreReport extends Scores {
  schema: typeof SCORE_SCHEMA;
  /** The benchmark's file as it was found, and its sha256. */
  data: { file: string; sha256: string };
  predictions: { file: string };
  /** The settings of the run that made the predictions; null when they are not known. */
  settings: Record<string, unknown> | null;
}
