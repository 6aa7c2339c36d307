import { meanRelativeAccuracy, officialAnswer, scoreOfficial } from "../official.ts";
import { pythonFloat, pythonStrip } from "../python.ts";
import { type AnswerReader, asksNumber } from "./answerReader.ts";

/** lmms-eval's since 2026-07-14: the first number of the text, in digits or English words. */
export const LMMS_EVAL_READER: AnswerReader = {
  name: "lmms-eval",
  version: "eab6655a",
  about: "the first number in the text, digits or English words; choices as vsi-bench",
  source: "lmms-eval's tasks vsibench* since commit eab6655a of 2026-07-14, as in lmms_eval 0.7.3",
  read: (text, question) => (asksNumber(question) ? firstNumber(text) : officialAnswer(text)),
  score: (text, question) => {
    if (!asksNumber(question)) return scoreOfficial({ ...question, prediction: text });
    const predicted = firstNumber(text);
    const truth = pythonFloat(question.ground_truth);
    return predicted === null || truth === null ? 0 : meanRelativeAccuracy(predicted, truth);
  },
};

const DIGITS = /-?\p{Nd}+(?:\.\p{Nd}+)?/u;

const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety";

/** The value of each word that is counted. */
const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...SMALL.split(" ").map((word, index): [string, number] => [word, index]),
  ...TENS.split(" ").map((word, index): [string, number] => [word, 20 + 10 * index]),
  ["hundred", 100],
  ["thousand", 1000],
]);

/**
 * The first number of a text, in digits or words, whichever stands first. Words run on from the first that is a
 * number's, over "and", to the first that is neither, whatever stands between them: "one, room two" is 3.
 */
function firstNumber(text: string): number | null {
  const lowered = pythonStrip(text).toLowerCase();
  const digits = DIGITS.exec(lowered);
  let start = -1;
  let total = 0;
  let current = 0;
  for (const { 0: word, index } of lowered.matchAll(/[a-z]+/g)) {
    const value = NUMBER_WORDS.get(word);
    if (value === undefined) {
      if (start < 0 || word === "and") continue;
      break;
    }
    if (start < 0) start = index;
    if (value === 100) current = Math.max(current, 1) * 100;
    else if (value === 1000) {
      total += Math.max(current, 1) * 1000;
      current = 0;
    } else current += value;
  }
  if (digits !== null && (start < 0 || digits.index < start)) return pythonFloat(digits[0]);
  return start < 0 ? null : total + current;
}
