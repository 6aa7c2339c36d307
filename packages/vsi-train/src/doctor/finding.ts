/** fine: as expected; note: optional; missing: training will not work. */
export type FindingState = "fine" | "note" | "missing";

/** One thing the doctor looked at. */
export interface Finding {
  /** What was looked at, such as "GPU". */
  what: string;
  state: FindingState;
  /** What is there. */
  found: string;
  /** What to do or to type; null when nothing. */
  advice: string | null;
}
