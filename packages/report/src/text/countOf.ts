import { formatNumber } from "./formatNumber.ts";

/** A number of things in words: "1 value", "3,000 values". The plural is the noun and an s. */
export function countOf(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
}
