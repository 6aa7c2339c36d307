import type { Ratio } from "./ratio.ts";
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
