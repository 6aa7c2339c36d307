import {
  ANY,
  argumentError,
  checkArguments,
  fields,
  type Kind,
  oneOf,
  optional,
  orNull,
  TEXTS,
} from "@vsi/dataset/internal";
import { ScoringError } from "../errors.ts";
import { meanRelativeAccuracy } from "../official.ts";
import { pythonFloat } from "../python.ts";
import { isListQuestion } from "../questionType.ts";
import { orderWords } from "../reader/objects.ts";
import type { AnswerOption } from "../reader/options.ts";
import { plainWords } from "../reader/plainText.ts";
import { type PreparedQuestion, prepareQuestion } from "../reader/readAnswer.ts";

/** What is read as an answer. */
const VALUE: Kind = {
  words: "a number, a string or null",
  fits: (value) => value === null || typeof value === "number" || typeof value === "string",
};

export const TRUTH_VALUE: Kind = { words: "a text or a number", fits: (value) => value !== null && VALUE.fits(value) };

const TRUTH = fields({
  question_type: ANY,
  ground_truth: TRUTH_VALUE,
  options: optional(orNull(TEXTS)),
});

export const ACCURACY = oneOf(["paper", "mra"]);

/** The truth of a question, in VSI-Bench's own names. */
export interface AnswerTruth {
  question_type: string;
  /** A number, a word, or an option's letter or text. */
  ground_truth: string | number;
  options?: readonly string[] | null;
}

/**
 * What a value that readAnswer read is worth, in 0 to 1: numbers by `accuracy`; for words 1 on a match of the
 * characters (case and what stands between the words aside), else 0; null, a refusal, is 0.
 *
 * @throws ScoringError when the truth is not a finite number or none of the options.
 *
 * @example
 * ```js
 * import { answerAccuracy, readAnswer } from "@vsi/scoring";
 *
 * const truth = { question_type: "object_abs_distance", ground_truth: "2.5" };
 * const { value } = readAnswer("about 250 cm", { questionType: truth.question_type });
 * console.log(answerAccuracy(value, truth, "mra")); // 1
 * ```
 */
export function answerAccuracy(value: number | string | null, truth: AnswerTruth, accuracy: AccuracyReward): number {
  checkArguments("answerAccuracy", { truth: [truth, TRUTH], accuracy: [accuracy, ACCURACY] });
  if (!VALUE.fits(value)) throw argumentError("answerAccuracy", "value", value, VALUE.words);
  const prepared = prepareQuestion({ questionType: truth.question_type, options: truth.options ?? null });
  return accuracyOf(value, expectedAnswer(truth.ground_truth, prepared), accuracy);
}

/** The same against an expected answer in the reader's own form. */
export function accuracyOf(value: number | string | null, expected: number | string, accuracy: AccuracyReward): number {
  if (typeof expected === "number") return typeof value === "number" ? numberAccuracy(value, expected, accuracy) : 0;
  return value === expected ? 1 : 0;
}

/**
 * The truth in the form that readAnswer gives its values: a finite number, an option's letter, or the words in lower
 * case. With options the truth may be the letter, the text or both.
 *
 * @throws ScoringError when it is not a finite number or none of the options.
 */
export function expectedAnswer(
  truth: string | number,
  { questionType, unit, options }: PreparedQuestion,
): number | string {
  if (unit !== null) {
    const value = typeof truth === "number" ? truth : pythonFloat(truth);
    if (value === null || !Number.isFinite(value)) throw truthError(truth, "a finite number");
    return value;
  }
  if (options.length > 0) return truthLetter(String(truth), options);
  const all = plainWords(String(truth));
  const words = (isListQuestion(questionType) ? orderWords(all) : all).join(" ");
  if (words === "") throw truthError(truth, "a word");
  return words;
}

function truthLetter(truth: string, options: readonly AnswerOption[]): string {
  const written = truth.trim();
  const byLetter = options.find(({ letter }) => letter === written);
  if (byLetter !== undefined) return byLetter.letter;
  const said = plainWords(truth).join(" ");
  const option =
    options.find(({ words }) => words.join(" ") === said) ??
    options.find(({ letter, words }) => `${letter.toLowerCase()} ${words.join(" ")}` === said) ??
    options.find(({ letter }) => letter.toLowerCase() === said);
  if (option === undefined) throw truthError(truth, "one of the options or its letter");
  const sharesText = options.some((other) => other !== option && other.words.join(" ") === said);
  if (sharesText) throw truthError(truth, "the right option's letter: two options have this text");
  return option.letter;
}

function truthError(got: string | number, expected: string): ScoringError {
  return new ScoringError("truth-unfit", {
    place: "ground_truth",
    got: typeof got === "number" ? String(got) : JSON.stringify(got),
    expected,
    advice: "Check question_type and options: they decide how the truth is read.",
  });
}

/** How numeric answers are scored: `paper` for vsGRPO's relative error, `mra` for VSI-Bench's ten steps. */
export type AccuracyReward = "paper" | "mra";

/**
 * What a predicted number is worth, in 0 to 1. `paper`: max(0, 1 - |y - y'| / min(y, y')), the form of Liao et al.
 * (arXiv 2504.00883) with the function it leaves open made linear. `mra`: Mean Relative Accuracy. Where either number
 * is 0 or less relative error has no meaning: 1 when they are equal, else 0.
 *
 * @example
 * ```js
 * import { numberAccuracy } from "@vsi/scoring";
 *
 * console.log(numberAccuracy(3, 2, "paper")); // 0.5
 * console.log(numberAccuracy(3, 2, "mra")); // 0.1
 * ```
 */
export function numberAccuracy(predicted: number, truth: number, accuracy: AccuracyReward): number {
  if (typeof predicted !== "number") throw argumentError("numberAccuracy", "predicted", predicted, "a number");
  if (typeof truth !== "number") throw argumentError("numberAccuracy", "truth", truth, "a number");
  if (!ACCURACY.fits(accuracy)) throw argumentError("numberAccuracy", "accuracy", accuracy, ACCURACY.words);
  if (predicted === truth) return 1;
  const smaller = Math.min(predicted, truth);
  if (!(smaller > 0)) return 0;
  if (accuracy === "mra") return meanRelativeAccuracy(predicted, truth);
  return Math.max(0, 1 - Math.abs(predicted - truth) / smaller);
}
