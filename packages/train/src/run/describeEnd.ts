import { join } from "node:path";
import type { LogLevel } from "@vsi/command";
import type { RunEnd } from "../monitor/monitorRun.ts";
import { lastLines } from "../process/lastLines.ts";
import { WORKER_LOG } from "../worker/startWorker.ts";

/** What is shown of worker.log when the worker dies without a word: Python's error with its stack. */
const SHOWN_LINES = 25;

/** How a run went, for whoever says it. */
export interface EndedRun {
  /** Its folder. */
  run: string;
  end: RunEnd;
  exitCode: number;
  /** Whether a signal or an alarm stopped it. */
  isStopped: boolean;
}

/** The closing line of a run: where its result is, how to go on, or where to look for what went wrong. */
export async function describeEnd({ run, end, exitCode, isStopped }: EndedRun): Promise<[LogLevel, string]> {
  const { done, interrupted, error } = end;
  if (done !== null) return ["info", `done at step ${done.step}: ${done.path}. Its curves: vsi-train report ${run}`];
  if (interrupted !== null) {
    return [
      "info",
      `stopped at step ${interrupted.step}, with the checkpoint ${interrupted.path}. Go on with --resume.`,
    ];
  }
  if (isStopped)
    return ["info", "stopped without a checkpoint of its own. --resume goes on from the last one, if any."];
  const path = join(run, WORKER_LOG);
  if (error !== null)
    return ["error", `the worker ended with exit code ${exitCode}; all that it printed is in ${path}`];
  const lines = await lastLines(path, SHOWN_LINES);
  return ["error", `the worker ended with exit code ${exitCode}. The end of ${path}:\n  ${lines.join("\n  ")}`];
}
