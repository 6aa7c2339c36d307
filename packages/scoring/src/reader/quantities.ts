import { addFraction, readNumberWords, readNumeral, scaled } from "./numbers.ts";
import { isUnspaced, type Token } from "./plainText.ts";
import {
  AREAS,
  FOOT,
  INCH,
  LENGTHS,
  OTHERS,
  SQUARE_AFTER,
  SQUARE_BEFORE,
  squared,
  type Unit,
  VOLUME,
} from "./units.ts";

/** One number of an answer. */
export interface Quantity {
  value: number;
  /** The unit written after it, with its name; null for none. */
  unit: Unit | null;
  unitText: string;
  /** Indices of its first token and of the first token after it. */
  from: number;
  next: number;
}

/** All numbers of an answer in order, with signs and units; "5 feet 3 inches" is one. */
export function findQuantities(found: readonly Token[]): Quantity[] {
  const quantities: Quantity[] = [];
  let at = 0;
  while (at < found.length) {
    const numbers = numbersAt(found, at);
    if (numbers === null) {
      at += 1;
      continue;
    }
    const sign = signBefore(found, at);
    const unit = unitAt(found, numbers.next) ?? currencyBefore(found, at, numbers.next);
    const next = unit?.next ?? numbers.next;
    const half = unit === null ? 0 : halfAfter(found, next);
    for (const value of numbers.values) {
      const added = half > 0 && Number.isInteger(value) ? value + 0.5 : value;
      quantities.push({ value: sign * added, unit: unit?.unit ?? null, unitText: unit?.text ?? "", from: at, next });
    }
    at = next + half;
  }
  return joinParts(found, quantities);
}

const CURRENCIES = new Set(["$", "€", "£", "¥"]);

function currencyBefore(found: readonly Token[], at: number, next: number): FoundUnit | null {
  const text = found[at - 1]?.text ?? "";
  return CURRENCIES.has(text) ? { unit: VOLUME, text, next } : null;
}

/** "Two meters and a half", "deux mètres et demi", "两米半": how many tokens say the half. */
function halfAfter(found: readonly Token[], at: number): number {
  const [first = "", second = "", third = ""] = [0, 1, 2].map((step) => found[at + step]?.text);
  if (first === "半") return 1;
  if (first === "and" && second === "a" && third === "half") return 3;
  return HALVES.has(`${first} ${second}`) ? 2 : 0;
}

const HALVES = new Set(
  "et demi|et demie|y medio|y media|e mezzo|e mezza|e meio|e meia|und halb|с половиной".split("|"),
);

function numbersAt(found: readonly Token[], at: number): { values: number[]; next: number } | null {
  const token = found[at];
  if (token?.kind === "word") {
    const words = readNumberWords(found, at);
    return words === null ? null : { values: [words.value], next: words.next };
  }
  if (token?.kind !== "numeral" || isPartOfName(found, at)) return null;
  const fraction = fractionAt(found, at) ?? thousandsAt(found, at);
  if (fraction !== null) return fraction;
  const values = readNumeral(token.text);
  const [value, second] = values;
  if (value === undefined || second !== undefined) return { values, next: at + 1 };
  const place = found[at + 1]?.text === "and" ? at + 2 : at + 1;
  const mixed = found[place]?.kind === "numeral" && Number.isInteger(value) ? fractionAt(found, place) : null;
  const [part, secondPart] = mixed?.values ?? [];
  if (mixed !== null && part !== undefined && part < 1 && secondPart === undefined) {
    return { values: [value + part], next: mixed.next };
  }
  const number = scaled(found, addFraction(found, scaled(found, { value, next: at + 1 })));
  return { values: [number.value], next: number.next };
}

/**
 * "x3", "3rd", "4x5": digits that a letter touches are a name's, unless the letters are a unit's or belong to a script
 * that writes without blanks.
 */
function isPartOfName(found: readonly Token[], at: number): boolean {
  const before = found[at - 1];
  const after = found[at + 1];
  // In "87cm90cm" it is the number before whose unit touches.
  const isUnitBefore = LENGTHS.has(before?.text ?? "") && found[at - 2]?.kind === "numeral";
  const isTouching = before?.kind === "word" && before.end === found[at]?.start;
  if (isTouching && !isUnitBefore && !isUnspaced(before.text)) return true;
  if (after?.kind !== "word" || after.start !== found[at]?.end || isUnspaced(after.text)) return false;
  return !LENGTHS.has(after.text) && !AREAS.has(after.text) && !OTHERS.has(after.text);
}

const WHOLE = /^\d+$/;

/** "1/2"; both numbers of what cannot be one ("1/0", "12/3/2024"). */
function fractionAt(found: readonly Token[], at: number): { values: number[]; next: number } | null {
  const [numerator, slash, denominator, more] = found.slice(at, at + 4);
  if (numerator === undefined || slash?.text !== "/" || denominator === undefined) return null;
  if (!WHOLE.test(numerator.text) || !WHOLE.test(denominator.text)) return null;
  const [above, below] = [Number(numerator.text), Number(denominator.text)];
  if (below === 0 || more?.text === "/") return { values: [above, below], next: at + 3 };
  return { values: [above / below], next: at + 3 };
}

const FIRST_GROUP = /^[1-9]\d{0,2}$/;
const GROUP = /^\d{3}$/;
const LAST_GROUP = /^\d{3}(?:[.,]\d{1,15})?$/;

/**
 * "3 200 mm": groups of three digits with one blank, thin or not, between them are one number where a unit follows.
 * Without one they may be a list.
 */
function thousandsAt(found: readonly Token[], at: number): { values: number[]; next: number } | null {
  const first = found[at];
  if (first === undefined || found[at + 1]?.kind !== "numeral" || !FIRST_GROUP.test(first.text)) return null;
  let digits = first.text;
  let next = at + 1;
  while (found[next - 1]?.end === (found[next]?.start ?? 0) - 1 && LAST_GROUP.test(found[next]?.text ?? "")) {
    const group = found[next]?.text ?? "";
    digits += group;
    next += 1;
    if (!GROUP.test(group)) break;
  }
  if (next === at + 1 || unitAt(found, next) === null || found[next]?.kind !== "word") return null;
  return { values: [Number(digits.replace(",", "."))], next };
}

/** What may stand between a minus and its number: "-(3)", "-**3**", "minus about 3". */
const BETWEEN_SIGN_AND_NUMBER = new Set([..."([*_~\"'`+≈", "about", "around", "approximately", "roughly"]);

const MINUS = /^(?:minus|negative|минус|moins|menos|meno)$|(?:[負负]|マイナス|마이너스)$/u;

/**
 * A dash is a minus unless it is between two things ("2-3", "Answer - 3"): dropping a minus would reward wrong answers.
 */
function signBefore(found: readonly Token[], at: number): 1 | -1 {
  let first = at;
  while (BETWEEN_SIGN_AND_NUMBER.has(found[first - 1]?.text ?? "")) first -= 1;
  const dash = found[first - 1];
  if (dash?.kind === "word" && MINUS.test(dash.text)) return -1;
  if (dash?.text !== "-") return 1;
  const before = found[first - 2];
  if (before === undefined || before.kind === "symbol") return -1;
  const touchesNumber = dash.end === found[first]?.start;
  const touchesBefore = before.end === dash.start;
  return touchesNumber && !touchesBefore ? -1 : 1;
}

function unitAt(found: readonly Token[], at: number): FoundUnit | null {
  // "24.6 (m²)"
  if (found[at]?.text === "(") {
    const inner = unitAt(found, at + 1);
    return inner !== null && found[inner.next]?.text === ")" ? { ...inner, next: inner.next + 1 } : null;
  }
  const unit = simpleUnitAt(found, at);
  if (unit === null) return null;
  const after = found[unit.next];
  const isRate = after?.text === "/" || after?.text === "per" || after?.text === "·";
  const times = found[unit.next + 1];
  // "18.4 m*m"
  if (TIMES.has(after?.text ?? "") && times !== undefined && LENGTHS.get(times.text) === unit.unit) {
    return { unit: squared(unit.unit), text: `square ${unit.text}`, next: unit.next + 2 };
  }
  const joined = after?.text === "-" ? times : after;
  // "2.5 m s", "2.5 meter-seconds"
  if (unit.unit.kind === "length" && joined?.kind === "word" && OTHERS.has(joined.text)) {
    return { unit: VOLUME, text: `${unit.text} ${joined.text}`, next: unit.next + 1 };
  }
  // "2.5 m/s" is no length.
  return isRate && found[unit.next + 1]?.kind === "word"
    ? { unit: VOLUME, text: `${unit.text}/${found[unit.next + 1]?.text}`, next: unit.next + 2 }
    : unit;
}

const TIMES = new Set(["*", "·", "×", "x"]);

interface FoundUnit {
  unit: Unit;
  text: string;
  /** Index of the first token after it. */
  next: number;
}

function simpleUnitAt(found: readonly Token[], at: number): FoundUnit | null {
  // "a 3-meter table": the hyphen joins the number and its unit.
  const start = found[at]?.text === "-" && LENGTHS.has(found[at + 1]?.text ?? "") ? at + 1 : at;
  const token = found[start];
  if (token === undefined) return null;
  if (token.text === "'" || token.text === "\u2032" || token.text === '"') return primeAt(found, start);
  const area = AREAS.get(token.text);
  if (area !== undefined) return { unit: area, text: token.text, next: start + 1 };
  if (SQUARE_BEFORE.has(token.text)) {
    const place = found[start + 1]?.text === "." ? start + 2 : start + 1;
    const name = found[place]?.text ?? "";
    const side = LENGTHS.get(name);
    if (side !== undefined) return { unit: squared(side), text: `square ${name}`, next: place + 1 };
  }
  const other = OTHERS.get(token.text);
  if (other !== undefined) return { unit: other, text: token.text, next: start + 1 };
  const length = LENGTHS.get(token.text);
  if (length === undefined) return null;
  const square = powerSuffix(found, start + 1, "2", SQUARE_AFTER);
  if (square > 0) return { unit: squared(length), text: `square ${token.text}`, next: start + 1 + square };
  const cube = powerSuffix(found, start + 1, "3", CUBED);
  if (cube > 0) return { unit: VOLUME, text: `cubic ${token.text}`, next: start + 1 + cube };
  // "5 in total" is not inches.
  if (token.text === "in" && found[start + 1]?.kind === "word") return null;
  return { unit: length, text: token.text, next: start + 1 };
}

const CUBED: ReadonlySet<string> = new Set(["cubed", "cubes", "cúbicos", "cubi"]);

/** How many tokens give the length before a power: "m2", "m^2", "m**2", "meters squared". */
function powerSuffix(found: readonly Token[], at: number, power: "2" | "3", words: ReadonlySet<string>): number {
  const token = found[at];
  if (token === undefined) return 0;
  if (words.has(token.text)) return 1;
  if (token.text === "^" && found[at + 1]?.text === power) return 2;
  if (token.text === "*" && found[at + 1]?.text === "*" && found[at + 2]?.text === power) return 3;
  return token.text === power && token.start === found[at - 1]?.end ? 1 : 0;
}

/**
 * 5'3": a prime is a foot only before more digits and a double prime an inch only after a foot, for both are quotation
 * marks too; but one that closes no quotation, as in 87", is a unit.
 */
function primeAt(found: readonly Token[], at: number): FoundUnit | null {
  const text = found[at]?.text;
  const isAlone = found.every((token, place) => token.text !== text || place === at);
  if (isAlone && found[at]?.start === found[at - 1]?.end && found[at + 1]?.kind !== "numeral") {
    return text === '"' ? { unit: INCH, text: "in", next: at + 1 } : { unit: FOOT, text: "ft", next: at + 1 };
  }
  if (found[at]?.text !== '"') {
    if (found[at + 1]?.kind !== "numeral") return null;
    return { unit: FOOT, text: "ft", next: at + 1 };
  }
  const isAfterFoot = found[at - 2]?.text === "'" || found[at - 2]?.text === "\u2032";
  return isAfterFoot ? { unit: INCH, text: "in", next: at + 1 } : null;
}

/** Joins "5 feet 3 inches" and "2 m 50 cm": lengths in falling units with nothing but "and" or a comma between them. */
function joinParts(found: readonly Token[], quantities: readonly Quantity[]): Quantity[] {
  const joined: Quantity[] = [];
  for (const quantity of quantities) {
    const last = joined.at(-1);
    const part = last !== undefined && isJoint(found, last.next, quantity.from) ? partOf(last, quantity) : null;
    if (last === undefined || part === null) joined.push({ ...quantity });
    else {
      last.value += last.value < 0 ? -part : part;
      last.next = quantity.next;
    }
  }
  return joined;
}

function isJoint(found: readonly Token[], from: number, to: number): boolean {
  return found.slice(from, to).every(({ text }) => text === "and" || text === ",");
}

/** What a length adds to a larger one before it, in that one's unit; null where it is no part of it. */
function partOf(whole: Quantity, { value, unit }: Quantity): number | null {
  if (whole.unit?.kind !== "length" || unit?.kind !== "length" || unit.size >= whole.unit.size) return null;
  const size = value * unit.size;
  return value >= 0 && size < whole.unit.size ? size / whole.unit.size : null;
}
