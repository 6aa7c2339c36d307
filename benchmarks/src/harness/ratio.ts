import { median } from "./median.ts";
/** How many times one measured value is another, over the rounds of a run. */
export interface Ratio {
  median: number;
  min: number;
  max: number;
}

/**
 * Divides round by round, so that what slowed a whole round cancels out.
 * @param values of each round; @param base of the same rounds.
 */
export function ratioOf(values: readonly number[], base: readonly number[]): Ratio {
  const ratios = values.map((value, round) => value / base[round]);
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}
