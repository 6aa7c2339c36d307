import type { ReadReason } from "@vsi/scoring";
import type { ScoredAnswer } from "../score/scorePredictions.ts";

/** Every answer with how it was read, as the text of a JSONL file in the benchmark's order. */
export function perQuestionLines(answers: readonly ScoredAnswer[]): string {
  return answers.map((answer) => `${JSON.stringify(lineOf(answer))}\n`).join("");
}

/** One line of --per-question. */
interface PerQuestionLine {
  id: string;
  dataset: string;
  scene_name: string;
  question_type: string;
  ground_truth: string;
  /** The right option's letter; null without options. */
  mc_answer: string | null;
  /** The model's text; null when there was none. */
  prediction: string | null;
  /** In 0 to 1. */
  official: number;
  /** In 0 to 1. */
  robust: number;
  /** By the name of each other reader that was asked for, in 0 to 1. */
  others: Record<string, number>;
  /**
   * What the forgiving reader read: a number in the question's unit, an option's letter, or words; null when refused.
   */
  read: number | string | null;
  /** How it was read or why not. */
  why: ReadReason | "unanswered";
  /** The unit as the answer wrote it; null without one. */
  unit: string | null;
  /** All candidates found in the text. */
  candidates: string[];
}

function lineOf({ question, prediction, official, robust, others, read }: ScoredAnswer): PerQuestionLine {
  const { id, dataset, scene_name, question_type, ground_truth, mc_answer } = question;
  return {
    id,
    dataset,
    scene_name,
    question_type,
    ground_truth,
    mc_answer,
    prediction,
    official,
    robust,
    others,
    read: read?.value ?? null,
    why: read?.why ?? "unanswered",
    unit: read?.unit ?? null,
    candidates: read?.candidates ?? [],
  };
}

/** Enough to recognise an answer; a whole completion would bury the table. */
const LONGEST_SHOWN_TEXT = 100;

/** A model's text in one short line for a terminal: quoted, control characters escaped, the end cut. */
export function shortLine(text: string): string {
  const quoted = JSON.stringify(text.length > LONGEST_SHOWN_TEXT ? `${text.slice(0, LONGEST_SHOWN_TEXT)}…` : text);
  // JSON does not escape DEL, the C1 and the bidirectional controls, and terminals obey them.
  return quoted.replace(/[\u007f-\u009f\p{Cf}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
