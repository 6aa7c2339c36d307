import { at, median } from "@vsi/dataset/internal";

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
  const ratios = values.map((value, round) => value / at(base, round));
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

/** A ratio and the bound that it should keep. */
export interface AimedRatio {
  /** What is divided by what: "two workers over one, scans a second". */
  what: string;
  bound: "at most" | "at least";
  aim: number;
  ratio: Ratio;
  /** The same of VSI_BENCH_BEFORE's version, where it was measured. */
  before?: Ratio;
}

/** "met" or "MISSED", by the median. */
export function aimOutcome({ bound, aim, ratio: { median } }: AimedRatio): "met" | "MISSED" {
  return (bound === "at most" ? median <= aim : median >= aim) ? "met" : "MISSED";
}

/** Three digits, as many as a ratio measured this way is good for: "0.312", "2.31", "231". */
export function threeDigits(value: number): string {
  return value >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}

/** "2.31 (2.2 to 2.42)": the median of the rounds, and the smallest and the largest. */
export function ratioText({ median, min, max }: Ratio): string {
  return `${threeDigits(median)} (${threeDigits(min)} to ${threeDigits(max)})`;
}

/** "312 MiB". */
export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
