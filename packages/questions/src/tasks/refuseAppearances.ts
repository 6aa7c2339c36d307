import type { CategoryAppearance } from "./categoryAppearances.ts";
import { STREAM_RULES } from "./streamRules.ts";
import type { Refusal } from "./task.ts";

/**
 * Whether the order in which categories appear is in doubt: "appearances-too-close" where two follow within a second,
 * "order-not-in-frames" where the sampled frames, which are all that a model gets, show two of them first in the same frame
 * or the other way round.
 *
 * @param byTime the first to appear first.
 */
export function refuseAppearances(byTime: readonly CategoryAppearance[]): Refusal | null {
  const object_ids = byTime.map(({ object_id }) => object_id);
  const pairs = byTime.slice(1).map((later, index) => ({ earlier: byTime[index]!, later }));
  const limit = STREAM_RULES.smallestAppearanceGap_s;
  for (const { earlier, later } of pairs) {
    const gap_s = later.time_s - earlier.time_s;
    if (gap_s <= limit) {
      const message = `The ${later.label} appears no more than ${limit} s after the ${earlier.label}.`;
      return { code: "appearances-too-close", message, object_ids, value: gap_s, limit, unit: "s" };
    }
  }
  for (const { earlier, later } of pairs) {
    if (later.frame.number <= earlier.frame.number) {
      const message = `The ${later.label} appears after the ${earlier.label}, but the sampled frames do not show that: ${later.frame.name} and ${earlier.frame.name} are the first with them.`;
      return { code: "order-not-in-frames", message, object_ids, value: null, limit: null, unit: null };
    }
  }
  return null;
}
