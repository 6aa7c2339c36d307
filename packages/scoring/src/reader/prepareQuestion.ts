import { type AnswerUnit, answerUnit } from "../questionType.ts";
import { type AnswerOption, parseOptions } from "./parseOptions.ts";

/** What the reader must know of the question. */
export interface AnswerQuestion {
  /** One of VSI-Bench's question types. */
  questionType: string;
  /** The lettered options ("A. left") or their bare texts; null or left out when the answer is the word itself. */
  options?: readonly string[] | null;
}

/** A question whose options are parsed: a reward needs them for the answer and for the truth. */
export interface PreparedQuestion {
  questionType: string;
  /** Null for a question answered with words. */
  unit: AnswerUnit | null;
  /** Empty when the answer is the word itself, and for numbers. */
  options: readonly AnswerOption[];
}

/** Checks and parses a question. Throws a ScoringError for an unknown question type or options that are not fit. */
export function prepareQuestion({ questionType, options }: AnswerQuestion): PreparedQuestion {
  const unit = answerUnit(questionType);
  return { questionType, unit, options: unit === null && options != null ? parseOptions(options) : [] };
}
