import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawWithoutRepetition } from "./drawWithoutRepetition.ts";

/** A copy of `values` in random order, every order equally likely. */
export function shuffled<Value>(values: readonly Value[], stream: RandomGenerator): Value[] {
  return Array.from(drawWithoutRepetition(stream, values.length), (index) => values[index]!);
}
