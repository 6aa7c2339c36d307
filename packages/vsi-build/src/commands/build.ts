import { createLog, type Log, listenForSignals, type Progress, progressStyle, startProgress } from "@vsi/command";
import { printable } from "@vsi/dataset/internal";
import { buildDataset } from "../buildDataset.ts";
import { describeDryRun, dryRun } from "../dryRun.ts";
import { printReport } from "../report.ts";
import type { BuildArguments } from "./buildFlags.ts";

/**
 * Builds with a progress bar and a closing table, or says what a build would do.
 *
 * @returns the exit code: 1 when a scan was skipped.
 */
export async function runBuild(parsed: BuildArguments): Promise<number> {
  const { options, json, quiet } = parsed;
  if (parsed.dryRun) {
    const report = await dryRun(options);
    process.stdout.write(printable(`${json ? JSON.stringify(report, null, 2) : describeDryRun(report)}\n`));
    return 0;
  }
  const shown: { progress: Progress | null } = { progress: null };
  const write = (line: string): void => {
    if (shown.progress === null) process.stderr.write(`${line}\n`);
    else shown.progress.note(line);
  };
  const log: Log = createLog(quiet ? "error" : parsed.logLevel, write);
  const interruption = listenForSignals();
  try {
    const report = await buildDataset(options, {
      signal: interruption.signal,
      onStart: (scans) => {
        shown.progress = startProgress(scans, "scans", progressStyle(parsed));
      },
      onScan: (scanId) => shown.progress?.done(scanId),
      onProblem: log,
    });
    shown.progress?.stop();
    return printReport(report, parsed);
  } finally {
    shown.progress?.stop();
    interruption.stopListening();
  }
}
