import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/**
 * A generator for one purpose of one room: `stream` keeps the purposes apart, so that one drawing more numbers leaves the others as they were.
 * The seed may be any integer; its low 32 bits count.
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
