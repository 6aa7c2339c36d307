import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { shuffled } from "./shuffled.ts";

/**
 * `others` in random order with `answer` among them.
 *
 * @param place where the answer stands: 0 for first, up to `others.length` for last.
 */
export function placedAmong<Value>(
  answer: Value,
  others: readonly Value[],
  place: number,
  stream: RandomGenerator,
): Value[] {
  const placed = shuffled(others, stream);
  placed.splice(place, 0, answer);
  return placed;
}
