import type { Attempt, Draft, TracedQuestion } from "./questionType.ts";

/**
 * The draft, unless its number reads as 0: relative accuracy divides by the truth (VSI-Bench's official metric raises
 * on a truth of 0). Refused with code "rounds-to-zero".
 *
 * @param smallestAnswer the smallest number the answer can show, such as 0.1; half of it is where rounding up starts.
 */
export function refuseZero(draft: Draft, smallestAnswer: number): Attempt {
  if (Number(draft.ground_truth) !== 0) {
    return { draft, refusals: [] };
  }
  const { object_ids, value, unit } = draft.evidence;
  const message = `The answer ${value} ${unit} rounds to ${draft.ground_truth}, which relative accuracy cannot be measured against.`;
  const limit = smallestAnswer / 2;
  return { draft: null, refusals: [{ code: "rounds-to-zero", message, object_ids, value, limit, unit }] };
}

/** What a trace says of a distance. */
export function traceDistance({ value, unit }: TracedQuestion): string | null {
  return unit === "m" ? `Between the two I measure a distance of about ${value.toFixed(2)} meters.` : null;
}
