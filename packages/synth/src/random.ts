import { at } from "@vsi/dataset/internal";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/**
 * A generator for one purpose of one room: `stream` keeps the purposes apart, so that one drawing more numbers leaves
 * the others as they were. The seed may be any integer; its low 32 bits count.
 */
export function createRandom(seed: number, stream: number): RandomGenerator {
  return xoroshiro128plus(scramble(scramble(seed) ^ Math.imul(stream, 0x9e3779b1)));
}

/**
 * MurmurHash3's 32-bit finalizer: the generator takes its seed as its state,
 * so without it neighbouring seeds would begin with nearly the same numbers.
 */
function scramble(seed: number): number {
  let bits = seed | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** A number from `least` (included) to `most` (excluded), every one as likely. */
export function drawBetween(random: RandomGenerator, least: number, most: number): number {
  return least + (most - least) * uniformFloat64(random);
}

/**
 * A length in metres from `least` to `most`, both included, in whole centimetres:
 * so that no true size lies on the edge where rounding to centimetres would depend on the last bit.
 */
export function drawLength(random: RandomGenerator, least: number, most: number): number {
  return uniformInt(random, Math.round(least * 100), Math.round(most * 100)) / 100;
}

/** A copy of the list in random order (Fisher and Yates). */
export function shuffle<Item>(random: RandomGenerator, items: readonly Item[]): Item[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const chosen = uniformInt(random, 0, last);
    [shuffled[last], shuffled[chosen]] = [at(shuffled, chosen), at(shuffled, last)];
  }
  return shuffled;
}
