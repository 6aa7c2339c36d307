import type { ImagesSeen } from "./runSettings.ts";

/** What a run came to; `--json` prints it. */
export interface RunReport {
  /** Questions that were to be answered. */
  questions: number;
  /** Of those, how many have an answer now, and how many of these came from an earlier start of the run. */
  answered: number;
  kept: number;
  /** Questions without an answer, and why. */
  failed: { id: string; error: string }[];
  /** Answers that max_tokens cut off. */
  cut: number;
  images: ImagesSeen;
  seconds: number;
  out: string;
  /** The questions' file, for `vsi-eval score --data`. */
  data: string;
}
