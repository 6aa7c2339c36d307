import { threeDigits } from "./numberText.ts";
import type { Ratio } from "./ratio.ts";
/** A bound that a ratio should keep. */
export interface Aim {
  bound: "at most" | "at least";
  value: number;
}

/** "at most 3, got 2.1: met" or "at most 3, got 4.2: MISSED", by the median. */
export function aimText({ bound, value }: Aim, { median }: Ratio): string {
  const isMet = bound === "at most" ? median <= value : median >= value;
  return `${bound} ${value}, got ${threeDigits(median)}: ${isMet ? "met" : "MISSED"}`;
}
