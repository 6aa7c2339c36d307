/**
 * What the page reads, whoever serves it: the server answers `data/<name>.json`, an export holds `data/<name>.js`. Types
 * alone: the page and the server both import this file.
 *
 * Names, with what they hold: `overview` Overview, `questions` QuestionTable, `scene-<index>` SceneData, `run-<index>`
 * RunData, `audit` AuditData, `training-<index>` TrainingData. `mesh-<index>` is binary (MeshHeader). Frames are images
 * at `frames/<scene_name>/<frame>`. What cannot be read is answered with the reason as text, and a status of 404 or 500.
 */
import type { DatasetSplit, Manifest, Question, QuestionType, Reject, SceneFacts } from "@vsi/dataset";
import type { TypeAudit } from "@vsi/inspect";
import type { Comparison, ScoreRow } from "vsi-eval";

/** What there is to look at. */
export interface Overview {
  /** The dataset's name. */
  name: string;
  manifest: Manifest;
  splits: DatasetSplit[];
  /** Types that have a question or a refused candidate, in the order of QUESTION_TYPES. */
  types: QuestionType[];
  /** By scene index, ordered by name. */
  scenes: SceneSummary[];
  /** Evaluation runs, by run index. */
  runs: { name: string; path: string }[];
  trainings: { name: string; path: string }[];
  /** Whether `audit` can be asked for; it takes seconds, and an export has it only on request. */
  hasAudit: boolean;
  /** What the sources' terms ask, in sentences; empty where nothing does. */
  terms: string[];
  /** Questions left out by `export --limit`; 0 on the server. */
  questionsLeftOut: number;
}

/** What a list of scenes shows of one. */
export interface SceneSummary {
  /** Null where the facts cannot be read. */
  dataset: string | null;
  scene_name: string;
  /** Null for a scene without questions in a room without any. */
  split: DatasetSplit | null;
  questions: number;
  /** Those that questions may name. */
  objects: number;
  area_m2: number;
  /** Sampled frames; 0 without a stream. */
  frames: number;
  /** Whether `mesh-<index>` can be asked for. */
  hasMesh: boolean;
  /** Whether the frames' images are there; their names are in the facts either way. */
  hasFrames: boolean;
  /** Why the facts cannot be read, with the file: their counts are 0 then; null where they can be. */
  problem: string | null;
}

/** Every question by columns, in the order of the data files, refused candidates after them. */
export interface QuestionTable {
  /** Rows; the first `questions` are questions, the others refused candidates. */
  rows: number;
  questions: number;
  /** A question's id; null for a refused candidate. */
  id: (string | null)[];
  /** Index into Overview.types; -1 for a scan that was left out. */
  type: number[];
  /** Index into Overview.splits; -1 for refused candidates. */
  split: number[];
  /** Index into Overview.scenes; -1 for a scene that is not in the dataset. */
  scene: number[];
  /** The question's text; of a refused candidate its reason's message. */
  text: string[];
  /** The right answer, as a word or number; of a refused candidate its reason's code. */
  answer: string[];
}

/** A scene with the whole records about it. */
export interface SceneData {
  facts: SceneFacts;
  /** Rows of QuestionTable, in the order of `questions`. */
  rows: number[];
  questions: Question[];
  /** Rows of QuestionTable, in the order of `rejects`. */
  rejectRows: number[];
  rejects: Reject[];
}

/**
 * `mesh-<index>`: a JSON line of this form, padded with spaces to a multiple of 4 bytes with its line feed last, then
 * the arrays, little endian, in this order: positions (float32, 3 a vertex; metres, axis-aligned), triangles (uint32, 3
 * each), objects (int32, one a vertex: the object's id, -1 for none), colors (uint8, 3 a vertex; left out without them).
 */
export interface MeshHeader {
  vertices: number;
  triangles: number;
  hasColors: boolean;
}

/** An evaluation run, question by question. */
export interface RunData {
  name: string;
  /** The model and how it was asked, as recorded; empty where nothing was. */
  settings: Record<string, unknown>;
  /** The splits that it was asked questions of. */
  splits: DatasetSplit[];
  /** Rows of the table, with intervals, as `vsi-eval score` prints them for these splits. */
  scores: ScoreRow[];
  /** Questions without an answer, each scored 0. */
  unanswered: number;
  /** By row of QuestionTable; null for questions that the run was not asked. */
  answers: (RunAnswer | null)[];
  /** Against each other run, by run index; null for itself. */
  comparisons: (Comparison | null)[];
}

/** What a model said to a question, and what it earned. */
export interface RunAnswer {
  /** The model's whole text; null where there is none. */
  text: string | null;
  /** What the forgiving reader read; null where nothing could be. */
  read: string | null;
  /** Why that was read, or nothing was, as `vsi-eval score --per-question` says; "unanswered" without a text. */
  why: string;
  /** By the benchmark's own metric and by ours, in 0 to 1. */
  official: number;
  robust: number;
}

/** What the audit found. */
export interface AuditData {
  /** By split. */
  splits: Partial<Record<DatasetSplit, TypeAudit[]>>;
  /** How well the strongest blind guess does at a question, 0 to 1, by row of QuestionTable; null where none was made. */
  guessable: (number | null)[];
}

/** A training run, also while it goes on. */
export interface TrainingData {
  name: string;
  settings: Record<string, unknown>;
  isRunning: boolean;
  /** Steps so far, and of how many; null before the first. */
  step: number;
  of: number | null;
  /** In the order in which a report draws them; what was never logged is left out. */
  curves: TrainingCurve[];
  samples: TrainingSample[];
  /** `metrics`: the curves that an alarm is about. */
  alarms: { step: number; name: string; message: string; metrics: string[] }[];
}

/** One metric over a training's steps. */
export interface TrainingCurve {
  /** The name in metrics.jsonl, such as "reward_accuracy"; "seconds" for the time of a step. */
  metric: string;
  title: string;
  /** The vertical axis, with its unit. */
  axis: string;
  /** What to look for. */
  caption: string;
  /** Whether it is of evaluations on held-out rooms, not of training steps. */
  isHeldOut: boolean;
  steps: number[];
  /** Null where the value is not finite. */
  values: (number | null)[];
}

/** A completion that the trainer logged. */
export interface TrainingSample {
  step: number;
  prompt: string;
  completion: string;
  /** The row of QuestionTable that was asked, and its type; null where the dataset does not have it. */
  row: number | null;
  question_type: QuestionType | null;
  /** Parts of the reward by name, "total" among them. */
  reward: Record<string, number>;
  /** What was refused, in words; most often empty. */
  guards: string[];
}
