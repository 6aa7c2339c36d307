import { readForeignNumber, type WordNumber } from "./foreignNumbers.ts";
import { type Token, textAt } from "./plainText.ts";

function numbered(names: string, first: number, step: number): [string, number][] {
  return names.split(" ").map((name, index) => [name, first + index * step]);
}

const SMALL = new Map(numbered("zero one two three four five six seven eight nine", 0, 1));
const TEENS = new Map(
  numbered("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10, 1),
);
const TENS = new Map(numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10));
const SCALES = new Map([
  ["dozen", 12],
  ["hundred", 100],
  ["thousand", 1000],
  ["million", 1e6],
  ["billion", 1e9],
  ["trillion", 1e12],
]);

const PARTS = new Map([
  ["half", 2],
  ["halves", 2],
  ["third", 3],
  ["thirds", 3],
  ["quarter", 4],
  ["quarters", 4],
  ["fifth", 5],
  ["fifths", 5],
  ["tenth", 10],
  ["tenths", 10],
]);

/**
 * The English number that starts at a token, or null: "twenty-three", "one hundred and five", "two point five", "two
 * and a half", "half a". "A" and "an" count as 1 only before a scale or a fraction ("a hundred", "an hundred", "a
 * half"), so "a chair" holds no number.
 */
export function readNumberWords(words: readonly Token[], at: number): WordNumber | null {
  // "No one" is nobody, and "one another" counts nothing.
  if (textAt(words, at) === "one" && (textAt(words, at - 1) === "no" || textAt(words, at + 1) === "another"))
    return null;
  const foreign = readForeignNumber(words, at);
  if (foreign !== null) return foreign;
  const fraction = readFraction(words, at);
  if (fraction !== null) return scaled(words, fraction);
  const whole = textAt(words, at) === "point" ? { value: 0, next: at } : readWhole(words, at);
  if (whole === null) return null;
  const number = readDecimals(words, whole);
  return number.next === at ? null : scaled(words, addFraction(words, number));
}

/** Multiplies by the scales that follow a number: "2.5 million", "half a dozen". */
export function scaled(words: readonly Token[], number: WordNumber): WordNumber {
  let { value, next } = number;
  for (let scale = SCALES.get(textAt(words, next)); scale !== undefined; scale = SCALES.get(textAt(words, next))) {
    value *= scale;
    next += 1;
  }
  return { value, next };
}

/** Adds the "and a half" or "and three quarters" that may follow a number, in numerals too. */
export function addFraction(words: readonly Token[], number: WordNumber): WordNumber {
  if (textAt(words, number.next) !== "and") return number;
  const fraction = readFraction(words, number.next + 1);
  return fraction === null ? number : { value: number.value + fraction.value, next: fraction.next };
}

/** "half", "a half", "half a", "three quarters", "one-third", "a quarter of a". A third alone is an ordinal. */
function readFraction(words: readonly Token[], at: number): WordNumber | null {
  const first = textAt(words, at);
  const count = first === "a" || first === "an" ? 1 : SMALL.get(first);
  if (count === undefined && first !== "half") return null;
  const place = count === undefined ? at : textAt(words, at + 1) === "-" ? at + 2 : at + 1;
  const part = PARTS.get(textAt(words, place));
  if (part === undefined) return null;
  let next = place + 1;
  if (textAt(words, next) === "of") next += 1;
  if (textAt(words, next) === "a" || textAt(words, next) === "an") next += 1;
  return { value: (count ?? 1) / part, next };
}

function readWhole(words: readonly Token[], at: number): WordNumber | null {
  let total = 0;
  let group = 0;
  // What the last word leaves room for: after "twenty" only a small number below it, after "five" only a scale.
  let room = Infinity;
  let next = at;
  let read = false;
  const first = textAt(words, at);
  if ((first === "a" || first === "an") && SCALES.has(textAt(words, at + 1))) {
    group = 1;
    room = 1;
    next += 1;
  }
  for (;;) {
    const index = read ? skipJoint(words, next) : next;
    const text = textAt(words, index);
    const scale = SCALES.get(text);
    const value = SMALL.get(text) ?? TEENS.get(text) ?? TENS.get(text);
    if (scale !== undefined && group > 0 && (scale < 1000 ? group < 100 : true) && index === next) {
      if (scale < 1000) group *= scale;
      else {
        total += group * scale;
        group = 0;
      }
      room = scale === 12 ? 1 : scale;
    } else if (value !== undefined && value < room && !(value === 0 && read)) {
      group += value;
      room = TENS.has(text) ? 10 : 1;
    } else break;
    read = true;
    next = index + 1;
  }
  return read ? { value: total + group, next } : null;
}

/** Steps over the hyphen of "twenty-three" and the "and" of "one hundred and five". */
function skipJoint(words: readonly Token[], at: number): number {
  const text = textAt(words, at);
  const before = textAt(words, at - 1);
  if (text === "-") {
    const isJoined = words[at]?.start === words[at - 1]?.end;
    return isJoined && TENS.has(before) && SMALL.has(textAt(words, at + 1)) ? at + 1 : at;
  }
  return text === "and" && (before === "hundred" || before === "thousand") ? at + 1 : at;
}

function readDecimals(words: readonly Token[], whole: WordNumber): WordNumber {
  if (textAt(words, whole.next) !== "point") return whole;
  let digits = "";
  let next = whole.next + 1;
  for (; SMALL.has(textAt(words, next)); next += 1) digits += SMALL.get(textAt(words, next));
  return digits === "" ? whole : { value: Number(`${whole.value}.${digits}`), next };
}

const THOUSANDS = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const THOUSANDS_WITH_POINTS = /^[1-9]\d{0,2}(?:\.\d{3})+,\d+$|^[1-9]\d{0,2}(?:\.\d{3}){2,}$/;
const EXPONENT = /e[+-]?\d+$/;

/**
 * The values of one numeral ("1.5", "1,500", "2e3"). A comma separates thousands when exactly three digits follow each
 * one and the first group is one to three digits without a leading zero ("1,500"); one comma otherwise is a decimal
 * comma ("1,5", "0,500"). One point is always decimal ("1.500" is 1.5); several points, or points and then a comma,
 * separate thousands in groups of three. Anything else is a list, whose items are all returned.
 */
export function readNumeral(text: string): number[] {
  const mantissa = text.replace(EXPONENT, "");
  const exponent = text.slice(mantissa.length);
  if (!mantissa.includes(",") && mantissa.indexOf(".") === mantissa.lastIndexOf(".")) return [Number(text)];
  if (THOUSANDS.test(mantissa)) return [Number(mantissa.replaceAll(",", "") + exponent)];
  if (THOUSANDS_WITH_POINTS.test(mantissa)) return [Number(mantissa.replaceAll(".", "").replace(",", ".") + exponent)];
  const parts = mantissa.split(/[.,]/);
  if (parts.length === 2) return [Number(`${parts[0]}.${parts[1]}${exponent}`)];
  return parts.map(Number);
}
