import type { AnswerUnit } from "@vsi/dataset";
import { MOST_CANDIDATES, type ReadAnswer } from "./answerReading.ts";
import { isNegated } from "./options.ts";
import { tokens } from "./plainText.ts";
import { findQuantities, type Quantity } from "./quantities.ts";
import type { Unit } from "./units.ts";

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
const PLAIN = /^[+-]?\d{1,15}(?:\.\d{1,15})?\.?$/;

/**
 * Reads the one number of an answer in the unit that was asked for. A number without a unit is taken to be in that
 * unit. Refused: no number, several different ones, a length for an area or a count, a value beyond the doubles.
 */
export function readNumber(text: string, asked: AnswerUnit): ReadAnswer {
  if (PLAIN.test(text)) {
    // Not Number: a sentence's full stop may follow.
    const value = Number.parseFloat(text);
    return { value, why: "number", candidates: [String(value)] };
  }
  if (isNegated(text)) return { value: null, why: "negated", candidates: [] };
  const quantities = findQuantities(tokens(text));
  const candidates = quantities
    .slice(0, MOST_CANDIDATES)
    .map(({ value, unitText }) => (unitText === "" ? String(value) : `${value} ${unitText}`));
  const [first, ...others] = quantities;
  if (first === undefined) return { value: null, why: "no-candidate", candidates };
  const target = TARGETS[asked];
  if (quantities.some(({ unit }) => unit !== null && unit.kind !== target?.kind)) {
    return { value: null, why: "wrong-unit", candidates };
  }
  const value = inTarget(first, target?.size ?? 1);
  if (!quantities.every((quantity) => Number.isFinite(inTarget(quantity, target?.size ?? 1)))) {
    return { value: null, why: "not-finite", candidates };
  }
  for (const other of others) {
    const isOtherUnit = first.unit !== null && other.unit !== null && first.unitText !== other.unitText;
    const allowed = isOtherUnit ? SAID_TWICE * Math.abs(value) : 0;
    if (Math.abs(inTarget(other, target?.size ?? 1) - value) > allowed) {
      return { value: null, why: "several-candidates", candidates };
    }
  }
  if (first.unit === null) return { value, why: "number", candidates };
  return {
    value,
    unit: first.unitText,
    why: first.unit.size === target?.size ? "number" : "converted-unit",
    candidates,
  };
}

/** Without a detour when the unit is the one asked for, so that the number stays the one that was written. */
function inTarget({ value, unit }: Quantity, targetSize: number): number {
  return unit === null || unit.size === targetSize ? value : (value * unit.size) / targetSize;
}
