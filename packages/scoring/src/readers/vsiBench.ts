import { officialAnswer, scoreOfficial } from "../official.ts";
import type { AnswerReader } from "./answerReader.ts";

/** The original: the text before the first blank is the answer, of numbers and choices alike. */
export const VSI_BENCH_READER: AnswerReader = {
  name: "vsi-bench",
  version: "2024-12",
  about: "the benchmark's own code: the first token, nothing else",
  source: "thinking-in-space (Yang et al., arXiv 2412.14171); lmms-eval before its commit eab6655a of 2026-07-14",
  read: (text) => officialAnswer(text),
  score: (prediction, question) => scoreOfficial({ ...question, prediction }),
};
