import { join } from "node:path";

/** The files of a run's folder that this package writes while it runs. */
export const RUN_FILES = {
  /** Settings, versions, git state, dataset hash: one JSON object. */
  record: "run.json",
  /** Steps and held-out evaluations, as the worker's events. */
  metrics: "metrics.jsonl",
  /** Completions with their rewards, as the worker's events. */
  samples: "samples.jsonl",
  /** The alarms that went off: name, step and message. */
  alarms: "alarms.jsonl",
} as const;

/** Where one of them is. */
export function runFile(run: string, name: keyof typeof RUN_FILES): string {
  return join(run, RUN_FILES[name]);
}
