import { officialAnswer } from "../official.ts";
import { pythonFloat } from "../python.ts";
import type { ReadReason } from "../reader/answerReading.ts";
import { type AccuracyReward, numberAccuracy } from "./accuracy.ts";

/** What a completion is worth to a reward without guards. */
interface PlainReward {
  format: 0 | 1 | null;
  accuracy: number;
  value: number | string | null;
  why: ReadReason;
}

const BETWEEN_TAGS = /<\/(think|observe)>\s*<answer>/g;
const OPEN = "<answer>";
const CLOSE = "</answer>";

/**
 * The paper's reward as it stands (Liao et al., arXiv 2504.00883), in the form of the R1-V code: the format is right
 * when all of the completion is the mode's pair of tags and then the answer's, whatever stands in them, other tags too;
 * the answer is the first answer pair on one line, else all of the text. A word counts when its characters are the
 * truth's, case aside; of a number, the paper prints no reader, so VSI-Bench's own is taken.
 */
export function plainReward(
  completion: string,
  mode: "vanilla" | "think" | "observe",
  truth: string | number,
  expected: number | string,
  accuracy: AccuracyReward,
): PlainReward {
  const format = mode === "vanilla" ? null : hasTags(completion, mode) ? 1 : 0;
  const text = answerOf(completion).trim();
  if (typeof expected === "number") {
    const value = pythonFloat(officialAnswer(text));
    if (value === null || !Number.isFinite(value)) return { format, accuracy: 0, value: null, why: "no-candidate" };
    return { format, accuracy: numberAccuracy(value, expected, accuracy), value, why: "number" };
  }
  const isMatch = text.toLowerCase() === String(truth).trim().toLowerCase();
  return { format, accuracy: isMatch ? 1 : 0, value: text === "" ? null : text, why: text === "" ? "empty" : "words" };
}

/** Python's re.fullmatch of "<think>.*?</think>\s*<answer>.*?</answer>" with DOTALL, in linear time. */
function hasTags(completion: string, mode: "think" | "observe"): boolean {
  const end = completion.length - CLOSE.length;
  if (!completion.startsWith(`<${mode}>`) || !completion.endsWith(CLOSE)) return false;
  BETWEEN_TAGS.lastIndex = mode.length + 2;
  for (let match = BETWEEN_TAGS.exec(completion); match !== null; match = BETWEEN_TAGS.exec(completion)) {
    if (match[1] === mode) return BETWEEN_TAGS.lastIndex <= end;
  }
  return false;
}

/** Python's re.search of "<answer>(.*?)</answer>", whose dot is no line feed, else all of the text; in linear time. */
function answerOf(completion: string): string {
  for (let open = completion.indexOf(OPEN); open >= 0; ) {
    const from = open + OPEN.length;
    const close = completion.indexOf(CLOSE, from);
    if (close < 0) break;
    const line = completion.indexOf("\n", from);
    if (line < 0 || line > close) return completion.slice(from, close);
    // No answer that starts on this line ends on it.
    open = completion.indexOf(OPEN, line);
  }
  return completion;
}
