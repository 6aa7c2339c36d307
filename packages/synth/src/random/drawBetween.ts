import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** A number from `least` (included) to `most` (excluded), every one as likely. */
export function drawBetween(random: RandomGenerator, least: number, most: number): number {
  return least + (most - least) * uniformFloat64(random);
}
