import { checkArguments, listOf, MAP, oneOf, orNull } from "@vsi/dataset/internal";
import { answerAccuracy, type ReadAnswer, type ReadReason, readAnswer, readerNamed } from "@vsi/scoring";
import { READER_NAMES } from "@vsi/scoring/choices";
import type { Selection } from "../answered.ts";
import { type EvalQuestion, isRevsi, QUESTION_LIST, scanOf, truthOf } from "../evalQuestion.ts";
import { type BootstrapOptions, completeBootstrap, type Interval, rowScores, type ScanValue } from "./intervals.ts";
import { isInRow, isOfficialRow, type TableRow, tableRows } from "./tableRows.ts";

/** Enough of each reason to see what the model does; all of them are in the file of --per-question. */
const EXAMPLES_OF_A_REASON = 3;

/** 300 characters: a sentence or three, so that an example stays one line of a report. */
const LONGEST_EXAMPLE = 300;

const READER_LIST = orNull(listOf(oneOf(READER_NAMES), `a list of readers: ${READER_NAMES.join(", ")}`));

/** What one question's answer is worth. */
export interface ScoredAnswer {
  question: EvalQuestion;
  /** The model's text; null when there was none. */
  prediction: string | null;
  /** By the benchmark's own code, in 0 to 1. */
  official: number;
  /** By every reader that was asked for beside these two, by its name, in 0 to 1. */
  others: Record<string, number>;
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
 * Scores a benchmark's answers by its official metric (VSI-Bench's; ReVSI's own for ReVSI) and by the forgiving reader,
 * with bootstrap intervals grouped by scan. The order of the predictions changes nothing.
 *
 * @param predictions the model's text by question id; a question without one counts as 0.
 * @param readers names of READERS to score by and to report; null for the benchmark's own and ours.
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
  readers: readonly string[] | null = null,
): ScoredPredictions {
  checkArguments("scorePredictions", {
    questions: [questions, QUESTION_LIST],
    predictions: [predictions, MAP],
    readers: [readers, READER_LIST],
  });
  const bootstrap = completeBootstrap(given, "scorePredictions");
  const original = originalReader(questions);
  const shown = readersShown(original, readers);
  const others = shown.flatMap(({ name, metric }) => (metric === name && name !== "robust" ? [name] : []));
  const answers = questions.map((question) =>
    scoreQuestion(question, predictions.get(question.id) ?? null, { original, others }),
  );
  const scored = answers.map(toQuestionScore);
  const refused = answers.flatMap(toUnreadExample);
  return {
    answers,
    scores: {
      readers: shown,
      rows: scoreRows(answers, scored, bootstrap, others),
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

/** The reader whose scores are the official ones of these questions. */
function originalReader(questions: readonly EvalQuestion[]): string {
  return isRevsi(questions) ? "revsi" : "vsi-bench";
}

function readersShown(original: string, names: readonly string[] | null): ReaderShown[] {
  return [...new Set(names ?? [original, "robust"])].map((name) => {
    const { version, about } = readerNamed(name);
    return { name, version, about, metric: name === original ? "official" : name };
  });
}

/**
 * Scores one answer by both metrics, and by other readers. Without an answer all are 0. Never fails for any text of a
 * model.
 *
 * @throws ScoringError for a question that readBenchmark would have refused.
 */
export function scoreQuestion(
  question: EvalQuestion,
  prediction: string | null,
  { original = "vsi-bench", others = [] }: { original?: string; others?: readonly string[] } = {},
): ScoredAnswer {
  const truth = truthOf(question);
  const scoreBy = (name: string): number => (prediction === null ? 0 : readerNamed(name).score(prediction, truth));
  const scores = {
    official: scoreBy(original),
    others: Object.fromEntries(others.map((name) => [name, scoreBy(name)])),
  };
  if (prediction === null) return { question, prediction, ...scores, robust: 0, read: null };
  const read = readAnswer(prediction, { questionType: truth.question_type, options: truth.options });
  return { question, prediction, ...scores, robust: answerAccuracy(read.value, truth, "mra"), read };
}

function scoreRows(
  answers: readonly ScoredAnswer[],
  scored: readonly QuestionScore[],
  bootstrap: BootstrapOptions,
  others: readonly string[],
): ScoreRow[] {
  const measure = (scoreOf: (question: QuestionScore) => number) =>
    rowScores(
      scored.map((question): ScanValue => ({ scan: question.scan, type: question.type, value: scoreOf(question) })),
      bootstrap,
    );
  const official = measure((question) => question.official);
  const robust = measure((question) => question.robust);
  const measured = others.map((name) => [name, measure((question) => question.others?.[name] ?? 0)] as const);
  const rows = tableRows(scored.map(({ type }) => type)).map((row): ScoreRow => {
    const counted = answers.filter(({ question }) => isInRow(question.question_type, row));
    return {
      row,
      questions: counted.length,
      unread: counted.filter(({ read }) => read === null || read.value === null).length,
      official: official(row).score,
      official_interval: official(row).interval,
      robust: robust(row).score,
      robust_interval: robust(row).interval,
      ...(measured.length === 0 ? {} : { others: Object.fromEntries(measured.map(([name, of]) => [name, of(row)])) }),
    };
  });
  return rows.filter(({ row, questions }) => isOfficialRow(row) || questions > 0);
}

function toQuestionScore({ question, official, robust, others }: ScoredAnswer): QuestionScore {
  const { id, question_type } = question;
  const scored = { id, scan: scanOf(question), type: question_type, official, robust };
  return Object.keys(others).length === 0 ? scored : { ...scored, others };
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
  /** By the name of each other reader that was asked for; left out without any. */
  others?: Record<string, ReaderScore>;
}

/** What one reader makes of a row, in 0 to 1. */
export interface ReaderScore {
  score: number | null;
  interval: Interval | null;
}

/** A reader whose scores are shown. */
export interface ReaderShown {
  name: string;
  version: string;
  about: string;
  /** Where its scores stand: "official", "robust", or its name in `others`. */
  metric: string;
}

/** What a reader that is shown makes of a row. */
export function readerScore(row: ScoreRow, { metric }: ReaderShown): ReaderScore {
  if (metric === "official") return { score: row.official, interval: row.official_interval };
  if (metric === "robust") return { score: row.robust, interval: row.robust_interval };
  return row.others?.[metric] ?? { score: null, interval: null };
}

/** One question as `vsi-eval compare` pairs it. */
export interface QuestionScore {
  id: string;
  /** The scan: dataset and scene_name with a slash between. */
  scan: string;
  type: string;
  official: number;
  robust: number;
  /** By other readers that were asked for. */
  others?: Record<string, number>;
}

/** An answer that could not be read. */
export interface UnreadExample {
  id: string;
  question_type: string;
  why: ReadReason;
  /** The model's text, cut when it is long. */
  prediction: string;
  ground_truth: string;
}

/** What a set of answers is worth. */
export interface Scores {
  /** The readers that were asked for: tables show these. */
  readers: ReaderShown[];
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
  selection: Selection;
  /** The settings of the run that made the predictions; null when they are not known. */
  settings: Record<string, unknown> | null;
}
