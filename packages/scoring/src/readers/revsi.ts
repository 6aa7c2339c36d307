import { officialAnswer, scoreOfficial } from "../official.ts";
import { pythonFloat, pythonStrip } from "../python.ts";
import { type AnswerReader, asksNumber } from "./answerReader.ts";

/** ReVSI's: the original over text without white space around it. */
export const REVSI_READER: AnswerReader = {
  name: "revsi",
  version: "1.0",
  about: "the first token of the stripped text",
  source: "lmms-eval's tasks revsi_* (Zhang et al., arXiv 2604.24300)",
  read: (text) => officialAnswer(pythonStrip(text)),
  score: (text, question) => {
    // Whatever goes wrong there is worth 0, the division by a truth of 0 included.
    if (asksNumber(question) && pythonFloat(question.ground_truth) === 0) return 0;
    return scoreOfficial({ ...question, prediction: pythonStrip(text) });
  },
};
