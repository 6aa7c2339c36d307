import type { History } from "./alarm.ts";

/** One metric over the steps that have a finite value of it (a batch without a format reward has NaN there). */
export function metricValues(history: History, name: string): number[] {
  return history
    .map(({ metrics }) => metrics[name])
    .filter((value) => value !== undefined && Number.isFinite(value)) as number[];
}
