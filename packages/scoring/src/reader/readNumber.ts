import type { AnswerUnit } from "@vsi/dataset";
import { MOST_CANDIDATES, type ReadAnswer } from "./answerReading.ts";
import { isBound, isHedged, isNegated } from "./hedges.ts";
import { isUnspaced, type Token, tokens } from "./plainText.ts";
import { findQuantities, type Quantity } from "./quantities.ts";
import { FOLLOWERS, LENGTHS, type Unit } from "./units.ts";

/** What the answer must be given in; null for a count, which takes no unit. */
export const TARGETS: Record<AnswerUnit, Unit | null> = {
  count: null,
  m: { kind: "length", size: 1000 },
  cm: { kind: "length", size: 10 },
  m2: { kind: "area", size: 1e6 },
};

/**
 * How far two values in different units may be apart and still be one answer said twice: "2.5 m (8 ft)" is rounded by
 * 2.5 %. The first one counts.
 */
const SAID_TWICE = 0.03;
const PLAIN = /^\s{0,2}[+-]?\d{1,15}(?:\.\d{1,15})?\.?\s{0,2}$/;

/**
 * Reads the one number of an answer in the unit that was asked for. A number without a unit is taken to be in that
 * unit. Refused: no number, several different ones, a bound or an open end instead of a number, a unit that does not
 * fit, a count that is not whole, a value beyond the doubles.
 */
export function readNumber(text: string, asked: AnswerUnit): ReadAnswer {
  if (PLAIN.test(text)) {
    // Not Number: a sentence's full stop may follow.
    const value = Number.parseFloat(text);
    return wholeIfCount({ value, why: "number", candidates: [String(value)] }, asked);
  }
  if (isNegated(text)) return { value: null, why: "negated", candidates: [] };
  const found = tokens(withoutSum(text));
  const target = TARGETS[asked];
  const all = findQuantities(found);
  const quantities = target === null ? withoutParts(all, found) : measuring(all, found, target);
  const candidates = quantities
    .slice(0, MOST_CANDIDATES)
    .map(({ value, unitText }) => (unitText === "" ? String(value) : `${value} ${unitText}`));
  const [first, ...others] = quantities;
  const refused = (why: ReadAnswer["why"]): ReadAnswer => ({ value: null, why, candidates });
  if (first === undefined) return refused("no-candidate");
  const isUnfit = ({ unit, next }: Quantity): boolean =>
    unit === null ? target !== null && namesOther(found[next]) : unit.kind !== target?.kind;
  if (quantities.some(isUnfit)) return refused("wrong-unit");
  const value = inTarget(first, target?.size ?? 1);
  if (!quantities.every((quantity) => Number.isFinite(inTarget(quantity, target?.size ?? 1)))) {
    return refused("not-finite");
  }
  // "2^2" is no 2; of "8.7 × 10^1" the tokens make one numeral.
  if (quantities.some(({ next }) => found[next]?.text === "^")) return refused("several-candidates");
  if (others.some((other) => TIMES.has(found[other.from - 1]?.text ?? ""))) return refused("several-candidates");
  for (const other of others) {
    const isOtherUnit = first.unit !== null && other.unit !== null && first.unitText !== other.unitText;
    const allowed = isOtherUnit ? SAID_TWICE * Math.abs(value) : 0;
    if (Math.abs(inTarget(other, target?.size ?? 1) - value) > allowed) return refused("several-candidates");
  }
  if (isHedged(text)) return refused("several-candidates");
  if (isBound(text)) return refused("not-one-value");
  if (first.unit === null) return wholeIfCount({ value, why: "number", candidates }, asked);
  const why = first.unit.size === target?.size ? "number" : "converted-unit";
  return { value, unit: first.unitText, why, candidates };
}

function wholeIfCount(read: ReadAnswer, asked: AnswerUnit): ReadAnswer {
  if (asked !== "count" || Number.isInteger(read.value)) return read;
  return { value: null, why: "not-whole", candidates: read.candidates };
}

/** A word right behind a bare number that is none of a sentence's small words says what was counted: "2.5 steps". */
function namesOther(token: Token | undefined): boolean {
  return (
    token?.kind === "word" && /^[a-z]+$/.test(token.text) && !FOLLOWERS.has(token.text) && !LENGTHS.has(token.text)
  );
}

/** "4.6 m x 4 m" are two sides, even of a square. */
const TIMES = new Set(["x", "×", "*", "by"]);

const SUM = /^([^=]{1,100})=([^=]{1,100})$/;
const TERMS = /\d+(?:\.\d+)?|[-+*×·/÷x−]/g;

/** "2 + 1 = 3" states what stands behind its sign where the sum is right, to the 2 % of rounding. */
function withoutSum(text: string): string {
  const [, left = "", right = ""] = SUM.exec(text) ?? [];
  const terms = left.match(TERMS) ?? [];
  if (terms.length < 3) return text;
  const value = evaluated(terms);
  const stated = findQuantities(tokens(right))[0]?.value;
  const isRight = value !== null && stated !== undefined && Math.abs(value - stated) <= 0.02 * Math.abs(stated);
  return isRight ? right : text;
}

/** The value of a sum or product of numbers that alternate with signs, products first; null for anything else. */
function evaluated(terms: readonly string[]): number | null {
  let total = 0;
  let product = Number(terms[0]);
  for (let place = 1; place < terms.length; place += 2) {
    const number = Number(terms[place + 1]);
    const sign = terms[place];
    if (sign === "+" || sign === "-" || sign === "−") {
      total += product;
      product = sign === "+" ? number : -number;
    } else product = sign === "/" || sign === "÷" ? product / number : product * number;
  }
  const value = total + product;
  return Number.isFinite(value) ? value : null;
}

/** "There are 3: one by the window, two at the desk" counts 3 where the parts behind the colon or bracket make it up. */
function withoutParts(quantities: readonly Quantity[], found: readonly Token[]): readonly Quantity[] {
  const [total, ...parts] = quantities;
  if (total === undefined || parts.length < 2) return quantities;
  const between = found.slice(total.next, parts[0]?.from);
  if (!between.some(({ text }) => text === ":" || text === "(")) return quantities;
  // What is counted: "3 chairs: ..." is a total, "3: 1 2" a list.
  if (found[total.next]?.kind !== "word") return quantities;
  const sum = parts.reduce((value, part) => value + part.value, 0);
  return sum === total.value ? [total] : quantities;
}

const DETERMINERS = new Set(["the", "these", "those", "both", "between", "all", "of", "this", "that", "which"]);
const GROUPS = new Set(["the", "these", "those", "both"]);
/** "Between two and three" is a range. */
const JOINTS = new Set(["and", "to", "or", "answer"]);
const COUNTED = new Set(
  "object objects item items thing things piece pieces point points instance instances objets objetos oggetti objekte objekten gegenstände objecten объекта предмета".split(
    " ",
  ),
);

/**
 * The numbers that measure: beside another, "the two objects" and "one of the chairs" only say what is measured. Of
 * counts all are kept.
 */
function measuring(quantities: readonly Quantity[], found: readonly Token[], target: Unit | null): readonly Quantity[] {
  if (target === null || quantities.length < 2) return quantities;
  const hasUnit = quantities.some(({ unit }) => unit !== null);
  const rest = quantities.filter(({ unit, from, next, value }) => {
    if (unit !== null || !Number.isInteger(value)) return true;
    const [before, first, after] = [found[from - 1]?.text ?? "", found[from], found[next]];
    // "两个物体": what a number counts follows it without a blank.
    if (COUNTED.has(after?.text ?? "") || (after !== undefined && isUnspaced(after.text))) return false;
    const countsWord = after?.kind === "word" && value <= 4 && !JOINTS.has(after.text);
    if (!countsWord) return true;
    // "The 2 chairs are 2.5 m apart"; without a unit, "the 2 is 3" says two things.
    if (first?.kind === "numeral") return !(hasUnit && GROUPS.has(before) && after.text.endsWith("s"));
    return !(DETERMINERS.has(before) || after.text === "of");
  });
  return rest.length === 0 ? quantities : rest;
}

/** Without a detour when the unit is the one asked for, so that the number stays the one that was written. */
function inTarget({ value, unit }: Quantity, targetSize: number): number {
  return unit === null || unit.size === targetSize ? value : (value * unit.size) / targetSize;
}
