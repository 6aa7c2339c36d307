import { decimalDigit } from "../python.ts";

/** Where a completion's answer stands. */
export interface AnswerText {
  /** The answer's own text, trimmed; null when the completion gives several different ones. */
  text: string | null;
  /** How it was found: between tags, in \boxed{}, after "answer is" or "answer:", or the whole text. */
  found: "tags" | "boxed" | "marker" | "whole";
}

const BOXED = "\\boxed{";
const OPEN_BRACE = "{".charCodeAt(0);
const CLOSE_BRACE = "}".charCodeAt(0);
const MINUS_BEFORE = /[-\u2212]\s{0,2}\$?$/;
const MARKER = /\banswer(?:[ \t]{0,3}[:=]|[ \t]{1,3}(?:is|was)\b[ \t]{0,3}:?)/gi;

/**
 * Finds the part of a completion that is its answer. Text in tags wins; several pairs count as one only when they say the same. Without an
 * answer tag, what follows the last other closing tag is searched for \boxed{}, where several count as one in the same way, and then for the last "answer is" or "answer:".
 */
export function findAnswerText(completion: string): AnswerText {
  const tags = findTags(completion);
  let text: string | undefined;
  let afterReasoning = 0;
  for (let index = 0; index < tags.length; index += 1) {
    const tag = tags[index]!;
    if (tag.closing) afterReasoning = tag.end;
    if (tag.name !== "answer" || tag.closing) continue;
    // An answer that was cut off before its closing tag reaches to the end.
    const next = tags[index + 1];
    const content = completion.slice(tag.end, next?.start).trim();
    if (text !== undefined && text !== content) return { text: null, found: "tags" };
    text = content;
  }
  if (text !== undefined) return { text, found: "tags" };
  const rest = completion.slice(afterReasoning);
  const boxes = boxedContents(rest);
  if (boxes.length > 0) return { text: boxes.length === 1 ? boxes[0]! : null, found: "boxed" };
  let marker = -1;
  // Not matchAll, which makes a new expression for every text.
  MARKER.lastIndex = 0;
  while (MARKER.test(rest)) marker = MARKER.lastIndex;
  return marker < 0 ? { text: rest.trim(), found: "whole" } : { text: rest.slice(marker).trim(), found: "marker" };
}

/** What stands in the boxes, each content once; one never closed reaches to the end. */
function boxedContents(text: string): string[] {
  const contents = new Set<string>();
  for (let box = text.indexOf(BOXED); box >= 0; ) {
    const start = box + BOXED.length;
    const end = closingBrace(text, start);
    const minus = MINUS_BEFORE.test(text.slice(Math.max(0, box - 4), box)) ? "-" : "";
    contents.add(minus + text.slice(start, end).trim());
    box = text.indexOf(BOXED, end);
  }
  return [...contents];
}

/** Where the brace closes that was opened before `start`: "\boxed{250\text{ cm}}" holds others. */
function closingBrace(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === OPEN_BRACE) depth += 1;
    else if (character === CLOSE_BRACE) depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

/** The tags of the modes' prompts (Liao et al., arXiv 2504.00883). */
type TagName = "think" | "observe" | "answer";

/** One tag of a completion. */
interface Tag {
  name: TagName;
  closing: boolean;
  /** Offsets in UTF-16 units: `start` of "<", `end` after ">". */
  start: number;
  end: number;
  /** False for one that is only like the tag asked for: "<Answer>", "< answer >". */
  exact: boolean;
}

// At most three blanks: more is no slip of a model, and unbounded blanks would make the search quadratic.
const TAG = /<[ \t]{0,3}(\/?)[ \t]{0,3}(think|observe|answer)[ \t]{0,3}>/iy;

/** All think, observe and answer tags in order, in time linear in the text. */
export function findTags(text: string): Tag[] {
  const tags: Tag[] = [];
  // From one "<" to the next: the expression alone, tried at every character, is several times slower.
  for (let start = text.indexOf("<"); start >= 0; start = text.indexOf("<", start + 1)) {
    TAG.lastIndex = start;
    const match = TAG.exec(text);
    if (match === null) continue;
    const name = match[2]!.toLowerCase() as TagName;
    const closing = match[1] === "/";
    const exact = match[0] === (closing ? `</${name}>` : `<${name}>`);
    tags.push({ name, closing, start, end: start + match[0].length, exact });
  }
  return tags;
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’]\p{L}+)*/gu;
const ASCII_WORD = /[a-z0-9]+(?:'[a-z]+)*/g;
const NOT_ASCII = /[^\0-\x7f]/;

/** The words of a text in lower case, without what stands between them: "Front-Left." is ["front", "left"]. */
export function plainWords(text: string): string[] {
  // The same in a third of the time: most answers and nearly all options are ASCII.
  if (!NOT_ASCII.test(text)) return text.toLowerCase().match(ASCII_WORD) ?? [];
  return text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
}

const MARKUP = /[\\&$^{]|[^\0-\x7f]/;

/** Zero-width and other characters that are not seen: a "-" and a "3" with one between them are read as one number by a person. */
const UNSEEN = /\p{Cf}/gu;
const MINUS_ENTITY = /&(?:minus|[nm]dash|#45|#8211|#8722);/g;
const BLANK_ENTITY = /&(?:nbsp|#160);/g;
const FRACTION = /\\[dt]?frac\{(\d{1,15})\}\{(\d{1,15})\}/g;
const POWER = /\^\{([23])\}/g;

/** Commands of LaTeX that only say how their content looks, blanks, and the marks of formulas. */
const DRESS =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|operatorname|boxed|quad)(?![A-Za-z])|\\[,;:! ]|[{}]/g;

/** An answer as it looks when it is shown: without LaTeX's text commands and formula marks, HTML's minus and blank, and characters that are not seen. */
export function stripMarkup(text: string): string {
  if (!MARKUP.test(text)) return text;
  return text
    .replace(UNSEEN, "")
    .replace(MINUS_ENTITY, "-")
    .replace(BLANK_ENTITY, " ")
    .replace(FRACTION, "$1/$2")
    .replace(POWER, "^$1")
    .replace(DRESS, " ")
    .replaceAll("$", "")
    .replaceAll("\\%", "%")
    .trim();
}

/** A numeral ("1,500.5", "2e3"), a word with its apostrophes, or one other character that is not blank. */
export interface Token {
  kind: "numeral" | "word" | "symbol";
  /** In lower case. */
  text: string;
  /** Offsets in the normalised text, to tell "2m" from "2 m". */
  start: number;
  end: number;
}

const TOKEN = /(\d+(?:[.,]\d+)*(?:e[+-]?\d+(?!\d))?|\.\d+(?:e[+-]?\d+)?)|(\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*)|(\S)/giu;
const NON_ASCII = /[^\0-\x7f]/u;
const VULGAR_FRACTION = /[\u00bc-\u00be\u2150-\u215e]/g;
const EXPONENT = /(?<!\p{L})[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]/gu;
// The minus sign, the heavy minus sign and the modifier letter minus sign beside Unicode's own dashes.
const DASH = /[\p{Pd}\u2212\u2796\u02d7]/gu;
// The Arabic decimal separator, and the raised dot between digits.
const DECIMAL_POINT = /(?<=\p{Nd})[\u066b\u00b7](?=\p{Nd})/gu;
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;

/** Cuts an answer into tokens. Digits, dashes and the like of every script become the plain ones first. */
export function tokens(text: string): Token[] {
  const plain = NON_ASCII.test(text) ? plainText(text) : text;
  const found: Token[] = [];
  for (const match of plain.matchAll(TOKEN)) {
    const kind = match[1] !== undefined ? "numeral" : match[2] !== undefined ? "word" : "symbol";
    found.push({ kind, text: match[0].toLowerCase(), start: match.index, end: match.index + match[0].length });
  }
  return found;
}

function plainText(text: string): string {
  // "2½" would become "21/2" and "10²" would become "102" if they were normalised as they stand.
  return text
    .replace(VULGAR_FRACTION, " $&")
    .replace(EXPONENT, "^$&")
    .normalize("NFKC")
    .replace(DASH, "-")
    .replace(DECIMAL_POINT, ".")
    .replaceAll("\u2044", "/")
    .replace(OTHER_DIGIT, (digit) => String(decimalDigit(digit.codePointAt(0)!)));
}
