import { createLog, type Log, listenForSignals, type Progress, progressStyle, startProgress } from "@vsi/command";
import { describePlan, summarizePlan } from "../output/describePlan.ts";
import { describeRun } from "../output/describeRun.ts";
import { plainKeyWarning } from "../run/plainKeyWarning.ts";
import { planRun } from "../run/planRun.ts";
import { runModel } from "../run/runModel.ts";
import type { RunArguments } from "./runFlags.ts";

/**
 * Asks with a progress bar and closing lines, or says what a run would ask.
 * @returns the exit code: 1 when a question got no answer
 */
export async function runRun({ options, key, dryRun, quiet, json, logLevel }: RunArguments): Promise<number> {
  if (dryRun) {
    const plan = summarizePlan(await planRun(options));
    process.stdout.write(`${json ? JSON.stringify(plan, null, 2) : describePlan(plan)}\n`);
    return 0;
  }
  let progress: Progress | null = null;
  const write = (line: string): void =>
    progress === null ? void process.stderr.write(`${line}\n`) : progress.note(line);
  const log: Log = createLog(quiet ? "error" : logLevel, write);
  const warning = plainKeyWarning(options.baseUrl, key);
  if (warning !== null) log("warn", warning);
  const interruption = listenForSignals();
  try {
    const report = await runModel(options, key, {
      signal: interruption.signal,
      onStart: (pending) => {
        progress = startProgress(pending, "questions", progressStyle({ quiet, logLevel }));
      },
      onQuestion: (id) => progress?.done(id),
      onProblem: log,
    });
    (progress as Progress | null)?.stop();
    if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else if (!quiet) process.stdout.write(`${describeRun(report)}\n`);
    return report.failed.length > 0 ? 1 : 0;
  } finally {
    (progress as Progress | null)?.stop();
    interruption.stopListening();
  }
}
