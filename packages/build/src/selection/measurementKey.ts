import type { Question } from "@vsi/dataset";

/** Digits that tell measurements apart to a millimetre (a square decimetre's hundredth for areas). */
const DIGITS = { m: 3, cm: 1, m2: 3 } as const;

/**
 * A measured question's text and unrounded answer. Two rooms hardly share one by chance, the same room scanned or copied
 * twice does. Null for what is counted or chosen.
 */
export function measurementKey(question: Pick<Question, "question_type" | "question" | "evidence">): string | null {
  const { value, unit, margin } = question.evidence;
  if (value === null || margin !== null || (unit !== "m" && unit !== "cm" && unit !== "m2")) return null;
  return `${question.question_type}\n${question.question}\n${value.toFixed(DIGITS[unit])}`;
}
