import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/**
 * A length in metres from `least` to `most`, both included, in whole centimetres:
 * so that no true size lies on the edge where rounding to centimetres would depend on the last bit.
 */
export function drawLength(random: RandomGenerator, least: number, most: number): number {
  return uniformInt(random, Math.round(least * 100), Math.round(most * 100)) / 100;
}
