import { pythonFloat } from "../official/pythonFloat.ts";
import { answerUnit } from "../questionType.ts";
import { parseOptions } from "../reader/parseOptions.ts";
import { plainWords } from "../reader/plainWords.ts";
import { ScoringError } from "../scoringError.ts";
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
  if (answerUnit(truth.question_type) !== null) {
    const expected = typeof truth.ground_truth === "number" ? truth.ground_truth : pythonFloat(truth.ground_truth);
    if (expected === null || !Number.isFinite(expected)) throw truthError(truth.ground_truth, "a finite number");
    return typeof value === "number" ? numberAccuracy(value, expected, accuracy) : 0;
  }
  const options = truth.options ?? [];
  const expected =
    options.length > 0
      ? truthLetter(String(truth.ground_truth), options)
      : plainWords(String(truth.ground_truth)).join(" ");
  if (expected === "") throw truthError(truth.ground_truth, "a word");
  return value === expected ? 1 : 0;
}

function truthLetter(truth: string, options: readonly string[]): string {
  const words = plainWords(truth).join(" ");
  const parsed = parseOptions(options);
  const option =
    parsed.find((candidate) => candidate.letter === truth.trim()) ??
    parsed.find((candidate) => candidate.words.join(" ") === words) ??
    parsed.find(({ letter, words: own }) => `${letter.toLowerCase()} ${own.join(" ")}` === words);
  if (option === undefined) throw truthError(truth, "one of the options or its letter");
  return option.letter;
}

function truthError(got: string | number, expected: string): ScoringError {
  return new ScoringError("truth-unfit", {
    place: "ground_truth",
    got: JSON.stringify(got),
    expected,
    advice: "Check question_type and options: they decide how the truth is read.",
  });
}
