import type { WorkerEvent } from "./workerEvent.ts";

/** An event as the worker writes it: one line without its end, NaN and infinities as words. parseEvent reads it back. */
export function writeEvent(event: WorkerEvent): string {
  return JSON.stringify(event, (_name, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
}
