import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator as PureRandGenerator } from "pure-rand/types/RandomGenerator";
import { at } from "./at.ts";
import { argumentError, checkArguments, type Kind, LIST, WHOLE } from "./kinds.ts";
import { sha256 } from "./sha256.ts";

/** A stream of random numbers; drawing from it changes it. */
export type RandomGenerator = PureRandGenerator;

/**
 * A stream of random numbers of its own for every purpose: xoroshiro128+ whose 128 bits of state are the first 16
 * bytes of the sha256 of `names` joined by "\n" (UTF-8; four big-endian 32-bit words).
 * Streams of different names are unrelated, so drawing more or less for one purpose never changes another.
 *
 * @example
 * ```js
 * import { randomStream, shuffled } from "@vsi/dataset";
 *
 * const draw = () => shuffled(randomStream([1, "scene0000_00", "order"]), ["bed", "desk", "lamp"]).join();
 * console.log(draw() === draw()); // true
 * ```
 */
export function randomStream(names: readonly (string | number)[]): RandomGenerator {
  if (!Array.isArray(names)) throw argumentError("randomStream", "names", names, "a list of strings and numbers");
  const digest = digestOf(names);
  return xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.getInt32(offset)));
}

/** A sha256 has eight words of 32 bits. */
const WORDS = 8;

/**
 * Eight numbers over 0 to under 1 that belong to a seed and a name: the sha256 of "<seed>\n<name>" (UTF-8), cut into
 * big-endian words. They depend on nothing else, so a question's draws stay the same whichever others are taken.
 */
export function seededNumbers(seed: number, name: string): number[] {
  const digest = digestOf([seed, name]);
  return Array.from({ length: WORDS }, (_, word) => digest.getUint32(word * 4) / 2 ** 32);
}

/** pure-rand's generators are objects with functions of their own. */
const RANDOM: Kind = {
  words: "a random generator, as randomStream makes it",
  fits: (value) => typeof (value as RandomGenerator | null | undefined)?.next === "function",
};

function digestOf(names: readonly (string | number)[]): DataView {
  const { buffer, byteOffset } = sha256(names.join("\n"));
  return new DataView(buffer, byteOffset);
}

/**
 * The integers 0 to count - 1 in random order, each once: a Fisher-Yates shuffle that stores only the places it has
 * touched, so that a few can be drawn from billions.
 *
 * @param count a safe integer; nothing is drawn from 0.
 *
 * @example
 * ```js
 * import { drawWithoutRepetition } from "@vsi/dataset";
 * import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
 *
 * const drawn = drawWithoutRepetition(xoroshiro128plus(7), 1_000_000);
 * console.log(drawn.next().value, drawn.next().value); // 483640 520659
 * ```
 */
export function* drawWithoutRepetition(random: RandomGenerator, count: number): Generator<number, void> {
  checkArguments("drawWithoutRepetition", { random: [random, RANDOM], count: [count, WHOLE] });
  const moved = new Map<number, number>();
  for (let last = count - 1; last >= 0; last -= 1) {
    const place = uniformInt(random, 0, last);
    const drawn = moved.get(place) ?? place;
    moved.set(place, moved.get(last) ?? last);
    moved.delete(last);
    yield drawn;
  }
}

/**
 * A copy of `values` in random order, every order equally likely.
 *
 * @example
 * ```js
 * import { randomStream, shuffled } from "@vsi/dataset";
 *
 * console.log(shuffled(randomStream(["an example"]), ["bed", "desk", "lamp"]).length); // 3
 * ```
 */
export function shuffled<Value>(random: RandomGenerator, values: readonly Value[]): Value[] {
  checkArguments("shuffled", { random: [random, RANDOM], values: [values, LIST] });
  return Array.from(drawWithoutRepetition(random, values.length), (index) => at(values, index));
}

/**
 * An endless sequence in which every run of `values.length`, counted from the start, holds each value once, in
 * random order: no value can get ahead by more than one, and each is equally likely at every place.
 */
export function* balancedSequence<Value>(random: RandomGenerator, values: readonly Value[]): Generator<Value, never> {
  while (true) {
    yield* shuffled(random, values);
  }
}

/**
 * `others` in random order with `answer` among them.
 *
 * @param place where the answer stands: 0 for first, up to `others.length` for last.
 */
export function placedAmong<Value>(
  random: RandomGenerator,
  answer: Value,
  others: readonly Value[],
  place: number,
): Value[] {
  const placed = shuffled(random, others);
  placed.splice(place, 0, answer);
  return placed;
}
