import type { StepEvent } from "../worker/workerEvent.ts";
import { median } from "./median.ts";

/** The latest steps say most about the next: completions grow or shrink while a model learns. */
const LATEST_STEPS = 20;

/** About how many seconds the rest of a run takes, checkpoints and evaluations not counted; null before the first step. */
export function timeLeft(steps: readonly StepEvent[]): number | null {
  const last = steps.at(-1);
  if (last === undefined) return null;
  return median(steps.slice(-LATEST_STEPS).map(({ seconds }) => seconds)) * Math.max(0, last.of - last.step);
}
