import type { QuestionType } from "@vsi/dataset";
import type { ReadReason } from "@vsi/scoring";
import type { BootstrapOptions, Interval } from "./bootstrapIntervals.ts";
import type { TableRow } from "./tableRows.ts";

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
