import { decimalDigit } from "../python.ts";

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’]\p{L}+)*/gu;

/** The words of a text in lower case, without what stands between them: "Front-Left." is ["front", "left"]. */
export function plainWords(text: string): string[] {
  return asciiWords(text) ?? text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
}

const LETTER = 1;
const DIGIT = 2;
const APOSTROPHE = 3;
/** What ASCII characters are to a word; 0 for what separates words. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/i.test(character)) return LETTER;
  return /\d/.test(character) ? DIGIT : character === "'" ? APOSTROPHE : 0;
});

/** The same in a fifth of the time where the text is ASCII, as most answers and nearly all options are; null elsewhere. */
function asciiWords(text: string): string[] | null {
  const words: string[] = [];
  const lower = text.toLowerCase();
  let start = -1;
  let isBehindApostrophe = false;
  for (let at = 0; at < text.length; at += 1) {
    const kind = KINDS[text.charCodeAt(at)];
    if (kind === undefined) return null;
    const isJoint = kind === APOSTROPHE && start >= 0 && KINDS[text.charCodeAt(at + 1)] === LETTER;
    if (isJoint) isBehindApostrophe = true;
    else if (kind !== LETTER && (kind !== DIGIT || isBehindApostrophe)) {
      if (start >= 0) words.push(lower.slice(start, at));
      start = kind === DIGIT ? at : -1;
      isBehindApostrophe = false;
    } else if (start < 0) start = at;
  }
  if (start >= 0) words.push(lower.slice(start));
  return words;
}

const MARKUP = /[\\&$^{<]|[^\0-\x7f]/;

/**
 * Zero-width and other characters that are not seen: a "-" and a "3" with one between them are read as one number by a
 * person.
 */
const UNSEEN = /\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;
const MINUS_ENTITY = /&(?:minus|[nm]dash|#45|#8211|#8722);/g;
const BLANK_ENTITY = /&(?:nbsp|#160);/g;
const FRACTION = /\\[dt]?frac\{(\d{1,15})\}\{(\d{1,15})\}/g;
const POWER = /\^[{(]([23])[})]|<sup>([23])<\/sup>/g;
const TIMES = /\\(?:times|cdot)(?![A-Za-z])/g;
/** A comma that LaTeX sets without a blank: a decimal one. */
const TIGHT_COMMA = /\{,\}/g;
const HTML = /<\/?(?:b|i|u|em|strong|span|p|br|sub|sup|code)\s?\/?>/gi;
/**
 * "[3,4]", "{3,4}" and "(3,4)" are lists, not decimals; braces of a LaTeX command are none, and "(1,500)" is a number.
 */
const LIST =
  /(?<!\\[A-Za-z]{1,20})(?:[[{]|\((?!\d{1,3}(?:,\d{3})+\)))\s?[-+]?[\d.]+(?:\s?[,;]\s?[-+]?[\d.]+)+\s?[\])}]/g;

const BOX = /\\boxed(?![A-Za-z])/g;

/** Commands of LaTeX that only say how their content looks, blanks, and the marks of formulas. */
const DRESS = /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|operatorname|quad)(?![A-Za-z])|\\[,;:! ]|[{}]/g;

/**
 * An answer as it looks when it is shown: without LaTeX's text commands and formula marks, HTML's minus and blank, and
 * characters that are not seen.
 */
export function stripMarkup(text: string): string {
  const separated = text.replace(LIST, (list) => list.replaceAll(",", " , "));
  if (!MARKUP.test(text)) return separated;
  return (
    separated
      .replace(UNSEEN, "")
      .replace(POWER, "^$1$2")
      .replace(HTML, " ")
      .replace(TIGHT_COMMA, ",")
      .replace(MINUS_ENTITY, "-")
      .replace(BLANK_ENTITY, " ")
      .replace(FRACTION, "$1/$2")
      .replace(TIMES, "×")
      // As a bracket, so that "A \\boxed{stove}" is no article and its noun.
      .replace(BOX, " ( ")
      .replace(DRESS, " ")
      .replaceAll("$", dollars(separated))
      .replaceAll("\\%", "%")
      .trim()
  );
}

/** LaTeX's marks come in pairs; one alone is money. */
function dollars(text: string): string {
  return text.split("$").length % 2 === 1 ? "" : "$$";
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

/** The text of a token, "" where there is none. */
export function textAt(found: readonly Token[], at: number): string {
  return found[at]?.text ?? "";
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

/** Letters of scripts that write without blanks: "约2.5米" and "3개" are a number between other words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\u30fc]/u;
/** Units of those scripts and what they measure with, cut off from the words around them, the longest first. */
const UNSPACED_UNIT =
  /平方厘米|平方公分|平方センチメートル|平方公尺|平方メートル|平方米|平米|立方米|제곱미터|センチメートル|ミリメートル|メートル|センチ|센티미터|밀리미터|미터|厘米|公分|毫米|公里|千米|公尺|米|坪|평|公斤|千克|小时|小時|分钟|分鐘|度|秒|元|步|歩/gu;
const HAN_DIGITS = "零〇一二两兩三四五六七八九";
const HAN_NUMBER =
  /(?<!第)[零〇一二两兩三四五六七八九十百]+(?:[点點][零〇一二三四五六七八九]+)?(?=\s?(?:[个個把张張盏盞扇台臺只隻件块塊条條本座つ人脚]|平方|厘米|公分|米|公尺|[到至或和与與還还かとも]|$|[^\p{L}]))/gu;

/** "8.7 × 10^1" is 8.7e1. */
const SCIENTIFIC = /(?<![\d.,])(\d+(?:[.,]\d+)?)\s?[x×*·]\s?10\s?\^\s?\(?([-+]?\d{1,3})(?!\d)\)?/gu;

/** Cuts an answer into tokens. Digits, dashes and the like of every script become the plain ones first. */
export function tokens(text: string): Token[] {
  const shown = NON_ASCII.test(text) ? plainText(text) : text;
  const plain = shown.includes("^") ? shown.replace(SCIENTIFIC, "$1e$2") : shown;
  const found: Token[] = [];
  // Not matchAll, which makes a new expression for every text.
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(plain); match !== null; match = TOKEN.exec(plain)) {
    const kind = match[1] !== undefined ? "numeral" : match[2] !== undefined ? "word" : "symbol";
    found.push({ kind, text: match[0].toLowerCase(), start: match.index, end: TOKEN.lastIndex });
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
    .replace(OTHER_DIGIT, (digit) => String(decimalDigit(digit.codePointAt(0) ?? 0)))
    .replace(HAN_NUMBER, hanNumber)
    .replace(UNSPACED_UNIT, " $& ");
}

/** "十二" is 12, "二十三" 23, "一百零五" 105, "二点五" 2.5; of what is no number nothing changes. */
function hanNumber(text: string): string {
  const [whole = "", decimals = ""] = text.split(/[点點]/);
  let total = 0;
  let digit = -1;
  for (const character of whole) {
    if (character === "十" || character === "百") {
      total += (digit < 0 ? 1 : digit) * (character === "十" ? 10 : 100);
      digit = -1;
    } else {
      const value = hanDigit(character);
      // Two digits side by side are two numbers.
      if (digit > 0) return ` ${digit} ${value} `;
      digit = value;
    }
  }
  const value = total + Math.max(0, digit);
  return ` ${value}${decimals === "" ? "" : `.${[...decimals].map(hanDigit).join("")}`} `;
}

function hanDigit(character: string): number {
  const place = HAN_DIGITS.indexOf(character);
  // "两" and its old form are 2; what follows them stands two further back.
  return place < 2 ? 0 : place < 6 ? Math.min(place - 1, 2) : place - 3;
}

/** Whether a word's letters belong to a script that writes without blanks. */
export function isUnspaced(text: string): boolean {
  return UNSPACED.test(text);
}
