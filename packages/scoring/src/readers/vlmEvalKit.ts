import { MEAN_RELATIVE_ACCURACY_THRESHOLDS } from "../official.ts";
import { PYTHON_LINE_END, PYTHON_SPACE, PYTHON_WORD, pythonFloat, pythonStrip } from "../python.ts";
import { parsePythonLiteral, pythonStr } from "../pythonLiteral.ts";
import { type AnswerReader, asksNumber } from "./answerReader.ts";

/**
 * VLMEvalKit's, of its spatial benchmarks: tags, then the last lines, then what the whole text allows. The choices are
 * not passed in, so the letters are A to F whatever a question has.
 */
export const VLM_EVAL_KIT_READER: AnswerReader = {
  name: "vlmevalkit",
  version: "e8e78f05",
  about: "the last number after the reasoning; a letter from tags, the last lines, or a phrase",
  source: "VLMEvalKit e8e78f05 of 2026-08-18, spatial_bench: can_match_na, can_match_option",
  read: (text, question) => (asksNumber(question) ? readNumber(text) : readLetter(text)),
  score: (text, question) => {
    if (asksNumber(question)) return scoreNumber(readNumber(text), pythonFloat(question.ground_truth));
    // It knows letters only, and would take any answer without one for a truth without one.
    if (question.options === null) return 0;
    const right = readLetter(pythonStrip(question.ground_truth));
    return readLetter(text)?.toLowerCase() === right?.toLowerCase() ? 1 : 0;
  },
};

/** The original's ten steps, but for a truth of 0, where the error is the answer itself, and of either sign. */
function scoreNumber(predicted: number | null, truth: number | null): number {
  if (predicted === null || truth === null || Number.isNaN(truth)) return 0;
  const error = truth === 0 ? Math.abs(predicted) : Math.abs((predicted - truth) / truth);
  const passed = MEAN_RELATIVE_ACCURACY_THRESHOLDS.filter((threshold) => error <= 1 - threshold);
  return passed.length / MEAN_RELATIVE_ACCURACY_THRESHOLDS.length;
}

// The patterns below say in JavaScript what re.IGNORECASE says in Python: its "i" is also the two Turkish ones.
const I = "[iİı]";
const S = PYTHON_SPACE;
const NUMBER = "[-+]?(?:\\p{Nd}*\\.\\p{Nd}+|\\p{Nd}+)(?:[eE][-+]?\\p{Nd}+)?";
const NUMBERS = new RegExp(NUMBER, "gu");
const ZERO_WIDTH = /\u200b|\u200c|\u200d|\ufeff/g;
const OPENED_ANSWER = new RegExp(`<${S}*answer(?!${PYTHON_WORD})`, "giu");
const CLOSED_ANSWER = `<${S}*/${S}*answer${S}*>`;
const TAGGED_NUMBER = new RegExp(`${S}*(${NUMBER})(?:[^\\p{Nd}<][^<]*)?${CLOSED_ANSWER}`, "iuy");
const TAGGED_LETTER = new RegExp(`${S}*([A-Jİı])`, "iuy");
const CLOSED_THINK = new RegExp(`</${S}*th${I}nk${S}*>`, "giu");
const OPENED_THINK = new RegExp(`<${S}*th${I}nk${S}*>`, "giu");

const SMALL_NUMBERS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty";
const NUMBER_WORDS: readonly string[] = SMALL_NUMBERS.split(" ");
const NUMBER_WORD = new RegExp(`(?<!${PYTHON_WORD})(?:${NUMBER_WORDS.join("|")})(?!${PYTHON_WORD})`, "giu");

function readNumber(answer: string): number | null {
  const stripped = pythonStrip(answer);
  let candidate = answer;
  if (stripped.startsWith("[") && stripped.endsWith("]")) {
    const list = parsePythonLiteral(answer);
    // What is no literal raises there, and nothing is read.
    if (list === undefined) return null;
    const [first] = list.kind === "list" ? list.items : [];
    if (first !== undefined) candidate = pythonStr(first);
  }
  const text = pythonStrip(candidate)
    .replace(ZERO_WIDTH, "")
    .replace(NUMBER_WORD, (word) => {
      const value = NUMBER_WORDS.indexOf(word.toLowerCase());
      return value < 0 ? word : String(value);
    });
  const number = taggedNumber(text) ?? lastNumber(afterThinking(text)) ?? lastNumber(text);
  return number === null ? null : pythonFloat(number);
}

/** The number that an answer's tags begin with. */
function taggedNumber(text: string): string | null {
  for (const start of answerStarts(text)) {
    TAGGED_NUMBER.lastIndex = start;
    const found = TAGGED_NUMBER.exec(text);
    if (found !== null) return found[1] ?? null;
  }
  return null;
}

/**
 * Where the content of each `<answer ...>` begins. Tags that end at the same ">" are given once: patterns that look on
 * from each would take time quadratic in a text that repeats the tag.
 */
function* answerStarts(text: string): Generator<number> {
  let end = -1;
  for (const { 0: tag, index } of text.matchAll(OPENED_ANSWER)) {
    const from = index + tag.length;
    if (end >= from) continue;
    end = text.indexOf(">", from);
    if (end < 0) return;
    yield end + 1;
  }
}

function lastNumber(text: string): string | null {
  let last: string | null = null;
  for (const [number] of text.matchAll(NUMBERS)) last = number;
  return last;
}

/** What follows the last end of reasoning, else its last beginning, else all. */
function afterThinking(text: string): string {
  for (const tag of [CLOSED_THINK, OPENED_THINK]) {
    const last = [...text.matchAll(tag)].at(-1);
    if (last !== undefined) return pythonStrip(text.slice(last.index + last[0].length));
  }
  return text;
}

/** Code points, as Python counts, and lines that are looked at from the end. */
const TAIL_LENGTH = 800;
const TAIL_LINES = 6;

function readLetter(answer: string): string | null {
  const text = pythonStrip(answer).replace(ZERO_WIDTH, "");
  const tail = Array.from(text.slice(-2 * TAIL_LENGTH))
    .slice(-TAIL_LENGTH)
    .join("");
  return (
    taggedLetter(text) ??
    letterOf(BEFORE_ANSWER_ENDS.exec(tail)) ??
    letterOf(BEFORE_THINK_ENDS.exec(tail)) ??
    letterOfLines(afterThinking(text)) ??
    letterOfLines(tail) ??
    letterOf(PHRASE.exec(text)) ??
    onlyLetter(
      linesOf(text)
        .filter((line) => !OPTION_LINE.test(line))
        .join("\n"),
      LONE_LETTER,
    )
  );
}

function letterOf(match: RegExpExecArray | null): string | null {
  return match?.[1]?.toUpperCase() ?? null;
}

/** The letter that the first answer's tags begin with, wherever they end. */
function taggedLetter(text: string): string | null {
  let lastEnd = -1;
  for (const { index } of text.matchAll(new RegExp(CLOSED_ANSWER, "giu"))) lastEnd = index;
  for (const start of answerStarts(text)) {
    TAGGED_LETTER.lastIndex = start;
    const found = TAGGED_LETTER.exec(text);
    if (found !== null) return TAGGED_LETTER.lastIndex <= lastEnd ? letterOf(found) : null;
  }
  return null;
}

const BRACKET = "[([{（【]";
const CLOSING_BRACKET = "[)\\]}）】]";
const LETTER_IN_BRACKETS = `(?<![A-Za-zİı])${BRACKET}?${S}*([A-F])${S}*${CLOSING_BRACKET}?${S}*`;
const BEFORE_ANSWER_ENDS = new RegExp(`${LETTER_IN_BRACKETS}</${S}*answer${S}*>`, "iu");
const BEFORE_THINK_ENDS = new RegExp(`${LETTER_IN_BRACKETS}</${S}*th${I}nk${S}*>`, "iu");

const OPTION_LINE = new RegExp(`^(?:[*_>-]|${S})*(?:opt${I}on|选项)${S}+[A-Jİı]${S}*[:：]`, "iu");
const ONLY_A_LETTER = new RegExp(`^[*_\`>（）[\\]【】()]*${S}*([A-Fa-f])${S}*[*_\`（）[\\]【】()]*$`, "u");
const LABEL = new RegExp(`^([A-F])${S}*[.．:：)\\]】、-]${S}`, "iu");
// What may stand before a letter, marks and blanks, is no letter: it need not be looked at.
const STANDING_LETTER = new RegExp(
  `(?<![A-Za-z])([A-F])[*_\`）\\]})]*(?=$|${S}|[.,:;!?)\\]】》」』，。；、：）])`,
  "gu",
);
const LONE_LETTER = /(?<![A-Za-z])([A-F])(?![A-Za-z])/g;

const PHRASES = [
  `f${I}nal${S}*answer`,
  `the${S}*answer${S}*${I}s`,
  `answer(?:${S}*${I}s)?`,
  `correct${S}*answer`,
  "答案|最终答案|结论|所以|因此|我选(?:择)?|选择|选",
];
// Blanks are taken once: three runs of them side by side would take cubic time.
const PHRASE = new RegExp(
  `(?:${PHRASES.join("|")})${S}*(?:[:：>＝=]${S}*)?(?:${BRACKET}${S}*)?([A-F])(?!${PYTHON_WORD})`,
  "iu",
);

/** The letter of the last of the last lines that tells one. */
function letterOfLines(text: string): string | null {
  for (const untrimmed of linesOf(text).slice(-TAIL_LINES).reverse()) {
    const line = pythonStrip(untrimmed);
    if (line === "" || OPTION_LINE.test(line)) continue;
    const letter =
      letterOf(ONLY_A_LETTER.exec(line)) ?? letterOf(LABEL.exec(line)) ?? onlyLetter(line, STANDING_LETTER);
    if (letter !== null) return letter;
  }
  return null;
}

/** The letter that a pattern finds, if it is always the same. */
function onlyLetter(text: string, pattern: RegExp): string | null {
  let only: string | null = null;
  for (const [, letter] of text.matchAll(pattern)) {
    if (letter === undefined || (only !== null && letter !== only)) return null;
    only = letter;
  }
  return only;
}

const LINE_END = new RegExp(PYTHON_LINE_END);

/** Python's splitlines(). */
function linesOf(text: string): string[] {
  const lines = text.split(LINE_END);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
