import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/**
 * A stream of random numbers of its own for every purpose: xoroshiro128+ whose 128 bits of state are the first 16
 * bytes of the sha256 of `names` joined by "\n" (UTF-8; four big-endian 32-bit words).
 * Streams of different names are unrelated, so drawing more or less for one purpose never changes another.
 */
export function randomStream(names: readonly (string | number)[]): RandomGenerator {
  const digest = new DataView(sha256(utf8ToBytes(names.join("\n"))).buffer);
  return xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.getInt32(offset)));
}
