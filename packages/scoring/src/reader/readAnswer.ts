import { answerUnit } from "../questionType.ts";
import type { ReadAnswer, ReadReason } from "./answerReading.ts";
import { findAnswerText } from "./findAnswerText.ts";
import { readNumber } from "./readNumber.ts";
import { readOption } from "./readOption.ts";
import { readWords } from "./readWords.ts";

/** What the reader must know of the question. */
export interface AnswerQuestion {
  /** One of VSI-Bench's question types. */
  questionType: string;
  /** The lettered options ("A. left") or their bare texts; null or left out when the answer is the word itself. */
  options?: readonly string[] | null;
}

/** 2,000 characters: the longest answers of VSI-Bench's options have about 150; more is not an answer, and bounds the work. */
export const LONGEST_ANSWER = 2000;

/**
 * Reads the answer out of a completion, far more forgiving than the official metric: tags, units, number words, fractions, decimal commas, letters
 * with or without their text. An answer that could mean several things is refused. Never throws for any text, in time linear in it;
 * throws a ScoringError for an unknown question type or options that are not fit.
 */
export function readAnswer(completion: string, question: AnswerQuestion): ReadAnswer {
  const unit = answerUnit(question.questionType);
  const { text } = findAnswerText(completion);
  if (text === null) return refusal("several-answers");
  if (text === "") return refusal("empty");
  if (text.length > LONGEST_ANSWER) return refusal("too-long");
  if (unit !== null) return readNumber(text, unit);
  const options = question.options ?? [];
  return options.length > 0 ? readOption(text, options, question.questionType) : readWords(text, question.questionType);
}

function refusal(why: ReadReason): ReadAnswer {
  return { value: null, why, candidates: [] };
}
