import { meanRelativeAccuracy } from "../official.ts";
import { pythonFloat } from "../python.ts";
import { ScoringError } from "../questionType.ts";
import type { ReadAnswer, ReadReason } from "../reader/answerReading.ts";
import type { AnswerOption } from "../reader/options.ts";
import { LONGEST_ANSWER, type PreparedQuestion, prepareQuestion, readPrepared } from "../reader/readAnswer.ts";
import { findTags, plainWords } from "../reader/text.ts";
import { guardReasoning, type ReasoningGuard } from "./reasoning.ts";

/** One completion with its question. The names are those of the JSON lines that vsi-reward reads. */
export interface RewardRequest extends AnswerTruth {
  completion: string;
  mode: RewardMode;
  /** Default: REWARD_DEFAULTS.accuracy. */
  accuracy?: AccuracyReward;
}

export const REWARD_DEFAULTS: { accuracy: AccuracyReward } = { accuracy: "paper" };

/** What a completion is worth. */
export interface Reward {
  /** format + accuracy: 0 to 2, in vanilla mode 0 to 1. Always finite. */
  total: number;
  /** 1 when the form is right and the reasoning is some, else 0; null in vanilla mode, where the paper leaves it out. */
  format: 0 | 1 | null;
  /** 0 to 1. */
  accuracy: number;
  /** Why something was not paid, the form first; empty when the answer was read and the form is right. */
  guards: (FormatGuard | ReasoningGuard | ReadReason)[];
  /** What was read as the answer. */
  value: number | string | null;
  /** How it was read, or why not. */
  why: ReadReason;
}

/**
 * The reward of one completion, made to be hard to cheat: format as `checkFormat` and `guardReasoning` decide, accuracy for the answer that
 * `readAnswer` reads. In think and observe mode accuracy is paid only for one single answer pair with nothing after it. Never throws for any
 * completion; throws a ScoringError for a question or truth that is not fit.
 */
export function reward(request: RewardRequest): Reward {
  const { completion, mode } = request;
  // The question comes first, so that an unfit one never passes as a bad answer.
  const question = prepareQuestion({ questionType: request.question_type, options: request.options ?? null });
  const expected = expectedAnswer(request.ground_truth, question);
  const checked = mode === "vanilla" ? null : checkFormat(completion, mode);
  const text = checked === null ? vanillaAnswer(completion) : checked.answer;
  const read = text === null ? refusal(completion) : readPrepared(text, question);
  const accuracy = accuracyOf(read.value, expected, request.accuracy ?? REWARD_DEFAULTS.accuracy);
  const guards: Reward["guards"] = [];
  const reasoning = checked === null || checked.guard !== null ? null : guardReasoning(checked.reasoning);
  if (checked?.guard != null) guards.push(checked.guard);
  if (reasoning !== null) guards.push(reasoning);
  const format = checked === null ? null : guards.length === 0 ? 1 : 0;
  if (read.value === null) guards.push(read.why);
  return { total: (format ?? 0) + accuracy, format, accuracy, guards, value: read.value, why: read.why };
}

/** Vanilla mode asks for a short answer: what is longer than any answer is not searched for one. */
function vanillaAnswer(completion: string): string | null {
  return completion.length > LONGEST_ANSWER ? null : completion;
}

function refusal(completion: string): ReadAnswer {
  return { value: null, why: completion.length > LONGEST_ANSWER ? "too-long" : "no-candidate", candidates: [] };
}

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

/**
 * The truth in the form that readAnswer gives its values: a finite number, an option's letter, or the words in lower case. With options the truth may be
 * the letter, the text or both. Throws a ScoringError when it is not a finite number or none of the options.
 */
export function expectedAnswer(truth: string | number, { unit, options }: PreparedQuestion): number | string {
  if (unit !== null) {
    const value = typeof truth === "number" ? truth : pythonFloat(truth);
    if (value === null || !Number.isFinite(value)) throw truthError(truth, "a finite number");
    return value;
  }
  if (options.length > 0) return truthLetter(String(truth), options);
  const words = plainWords(String(truth)).join(" ");
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

/** How a number is paid: `paper` for vsGRPO's relative error, `mra` for VSI-Bench's ten steps. */
export type AccuracyReward = "paper" | "mra";

/**
 * What a predicted number is worth, in 0 to 1. `paper`: max(0, 1 - |y - y'| / min(y, y')), the form of Liao et al. (arXiv 2504.00883) with the
 * function it leaves open made linear. `mra`: Mean Relative Accuracy. Where either number is 0 or less relative error has no
 * meaning: 1 when they are equal, else 0.
 */
export function numberAccuracy(predicted: number, truth: number, accuracy: AccuracyReward): number {
  if (predicted === truth) return 1;
  const smaller = Math.min(predicted, truth);
  if (!(smaller > 0)) return 0;
  if (accuracy === "mra") return meanRelativeAccuracy(predicted, truth);
  return Math.max(0, 1 - Math.abs(predicted - truth) / smaller);
}

/** How a model was asked to answer (Liao et al., arXiv 2504.00883): the answer alone, or after reasoning in tags. */
export type RewardMode = "vanilla" | "think" | "observe";

/** Why a completion does not have its mode's form. */
export type FormatGuard = "tags-missing" | "tags-wrong" | "text-outside-tags" | "answer-missing";

/** The parts of a completion that has one pair of each tag; empty strings for what is missing. */
export interface CheckedFormat {
  /** Null when the form is right. */
  guard: FormatGuard | null;
  reasoning: string;
  /** The text to read the answer from: null when no single answer can be told from the tags. */
  answer: string | null;
}

const BLANK = /^\s*$/;

/**
 * Checks the form of think and observe: exactly one pair of the mode's tag, then exactly one of answer, written exactly so, with nothing but
 * blanks before, between and after, and an answer that is not empty.
 */
export function checkFormat(completion: string, mode: "think" | "observe"): CheckedFormat {
  const tags = findTags(completion);
  const [open, close, openAnswer, closeAnswer] = tags;
  if (tags.length === 0) return { guard: "tags-missing", reasoning: "", answer: null };
  const inOrder =
    tags.length === 4 &&
    tags.every(({ exact, closing, name }, index) => {
      return exact && closing === (index % 2 === 1) && name === (index < 2 ? mode : "answer");
    });
  if (!inOrder) return { guard: "tags-wrong", reasoning: "", answer: singleAnswer(completion, tags) };
  const reasoning = completion.slice(open!.end, close!.start);
  const answer = completion.slice(openAnswer!.end, closeAnswer!.start);
  const after = completion.slice(closeAnswer!.end);
  const between = completion.slice(close!.end, openAnswer!.start);
  if (!BLANK.test(after)) return { guard: "text-outside-tags", reasoning, answer: null };
  if (BLANK.test(answer)) return { guard: "answer-missing", reasoning, answer: null };
  const isOutside = !BLANK.test(between) || !BLANK.test(completion.slice(0, open!.start));
  return { guard: isOutside ? "text-outside-tags" : null, reasoning, answer };
}

/** The answer of a completion whose other tags are wrong: still one when its own pair is the only one and the last thing said. */
function singleAnswer(completion: string, tags: ReturnType<typeof findTags>): string | null {
  const answers = tags.filter(({ name }) => name === "answer");
  const [open, close] = answers;
  if (answers.length !== 2 || open!.closing || !close!.closing || tags.at(-1) !== close || tags.at(-2) !== open)
    return null;
  return BLANK.test(completion.slice(close!.end)) ? completion.slice(open!.end, close!.start) : null;
}
