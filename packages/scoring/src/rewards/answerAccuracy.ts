import { prepareQuestion } from "../reader/prepareQuestion.ts";
import { expectedAnswer } from "./expectedAnswer.ts";
import { type AccuracyReward, numberAccuracy } from "./numberAccuracy.ts";

/** The truth of a question, in VSI-Bench's own names. */
export interface AnswerTruth {
  question_type: string;
  /** A number, a word, or an option's letter or text. */
  ground_truth: string | number;
  options?: readonly string[] | null;
}

/**
 * What a value that readAnswer read is worth, in 0 to 1: numbers by `accuracy`; for words 1 on a match of the characters (case and what stands between
 * the words aside), else 0; null, a refusal, is 0. Throws a ScoringError when the truth is not a finite number or none of the options.
 */
export function answerAccuracy(value: number | string | null, truth: AnswerTruth, accuracy: AccuracyReward): number {
  const prepared = prepareQuestion({ questionType: truth.question_type, options: truth.options ?? null });
  return accuracyOf(value, expectedAnswer(truth.ground_truth, prepared), accuracy);
}

/** The same against an expected answer in the reader's own form. */
export function accuracyOf(value: number | string | null, expected: number | string, accuracy: AccuracyReward): number {
  if (typeof expected === "number") return typeof value === "number" ? numberAccuracy(value, expected, accuracy) : 0;
  return value === expected ? 1 : 0;
}
