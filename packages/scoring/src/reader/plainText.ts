import { decimalDigit } from "../python.ts";

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

/**
 * Zero-width and other characters that are not seen: a "-" and a "3" with one between them are read as one number by a
 * person.
 */
const UNSEEN = /\p{Cf}/gu;
const MINUS_ENTITY = /&(?:minus|[nm]dash|#45|#8211|#8722);/g;
const BLANK_ENTITY = /&(?:nbsp|#160);/g;
const FRACTION = /\\[dt]?frac\{(\d{1,15})\}\{(\d{1,15})\}/g;
const POWER = /\^\{([23])\}/g;

/** Commands of LaTeX that only say how their content looks, blanks, and the marks of formulas. */
const DRESS =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|operatorname|boxed|quad)(?![A-Za-z])|\\[,;:! ]|[{}]/g;

/**
 * An answer as it looks when it is shown: without LaTeX's text commands and formula marks, HTML's minus and blank, and
 * characters that are not seen.
 */
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
    .replace(OTHER_DIGIT, (digit) => String(decimalDigit(digit.codePointAt(0) ?? 0)));
}
