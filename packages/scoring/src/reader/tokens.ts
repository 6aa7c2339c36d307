import { decimalDigit } from "../official/decimalDigit.ts";

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
const NOT_ASCII = /[^\0-\x7f]/u;
const VULGAR_FRACTION = /[\u00bc-\u00be\u2150-\u215e]/g;
const EXPONENT = /(?<!\p{L})[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]/gu;
// The minus sign, the heavy minus sign and the modifier letter minus sign beside Unicode's own dashes.
const DASH = /[\p{Pd}\u2212\u2796\u02d7]/gu;
// The Arabic decimal separator, and the raised dot between digits.
const DECIMAL_POINT = /(?<=\p{Nd})[\u066b\u00b7](?=\p{Nd})/gu;
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;

/** Cuts an answer into tokens. Digits, dashes and the like of every script become the plain ones first. */
export function tokens(text: string): Token[] {
  const plain = NOT_ASCII.test(text) ? plainText(text) : text;
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
