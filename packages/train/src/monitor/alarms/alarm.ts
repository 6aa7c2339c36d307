import type { StepEvent } from "../../worker/workerEvent.ts";

/** The steps of a run so far, in order. */
export type History = readonly StepEvent[];

/** A way for a run to go wrong. */
export interface Alarm {
  /** Stable, fit for counting: "kl-explosion". */
  name: string;
  /**
   * Says what is wrong at the last step, with the numbers and what to do; null when nothing is or the
   * method has no such metric.
   */
  check(history: History): string | null;
}
