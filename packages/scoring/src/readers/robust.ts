import { readAnswer } from "../reader/readAnswer.ts";
import { answerAccuracy } from "../rewards/accuracy.ts";
import type { AnswerReader } from "./answerReader.ts";

/** Ours: what readAnswer understands; its version is that of this package. */
export const ROBUST_READER: AnswerReader = {
  name: "robust",
  version: "0.2.0",
  about: "units, number words, tags, an option's text for its letter; what could mean several things is refused",
  source: "@vsi/scoring, readAnswer",
  read: (text, { question_type, options }) => readAnswer(text, { questionType: question_type, options }).value,
  score: (text, question) =>
    answerAccuracy(
      readAnswer(text, { questionType: question.question_type, options: question.options }).value,
      question,
      "mra",
    ),
};
