/** A bound that a ratio should keep. */
export interface Aim {
  bound: "at most" | "at least";
  value: number;
}

/** "at most 3: met" or "at most 3: MISSED". */
export function aimText({ bound, value }: Aim, measured: number): string {
  const isMet = bound === "at most" ? measured <= value : measured >= value;
  return `${bound} ${value}: ${isMet ? "met" : "MISSED"}`;
}
