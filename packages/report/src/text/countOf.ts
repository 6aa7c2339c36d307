import { formatNumber } from "./formatNumber.ts";

/** "1 value", "3,000 values". */
export function countOf(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
}
