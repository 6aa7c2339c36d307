import type { ReadAnswer, ReadReason } from "./answerReading.ts";
import { findAnswerText } from "./findAnswerText.ts";
import { type AnswerQuestion, type PreparedQuestion, prepareQuestion } from "./prepareQuestion.ts";
import { readNumber } from "./readNumber.ts";
import { readOption } from "./readOption.ts";
import { readWords } from "./readWords.ts";
import { stripMarkup } from "./stripMarkup.ts";

/** 2,000 characters: the longest answers of VSI-Bench's options have about 150; more is not an answer, and bounds the work. */
export const LONGEST_ANSWER = 2000;

/**
 * Reads the answer out of a completion, far more forgiving than the official metric: tags, units, number words, fractions, decimal commas, letters
 * with or without their text. An answer that could mean several things is refused. Never throws for any text, in time linear in it;
 * throws a ScoringError for an unknown question type or options that are not fit.
 */
export function readAnswer(completion: string, question: AnswerQuestion): ReadAnswer {
  return readPrepared(completion, prepareQuestion(question));
}

/** As readAnswer, for a question that is prepared; never throws. */
export function readPrepared(completion: string, { questionType, unit, options }: PreparedQuestion): ReadAnswer {
  const found = findAnswerText(completion);
  if (found.text === null) return refusal("several-answers");
  if (found.text.length > LONGEST_ANSWER) return refusal("too-long");
  const text = stripMarkup(found.text);
  if (text === "") return refusal("empty");
  if (unit !== null) return readNumber(text, unit);
  return options.length > 0 ? readOption(text, options, questionType) : readWords(text, questionType);
}

function refusal(why: ReadReason): ReadAnswer {
  return { value: null, why, candidates: [] };
}
