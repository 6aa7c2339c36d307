import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { shuffled } from "./shuffled.ts";

/**
 * An endless sequence in which every run of `values.length`, counted from the start, holds each value once, in
 * random order: no value can get ahead by more than one, and each is equally likely at every place.
 */
export function* balancedSequence<Value>(values: readonly Value[], stream: RandomGenerator): Generator<Value, never> {
  while (true) {
    yield* shuffled(values, stream);
  }
}
