import { createLog, type Log, listenForSignals, type Progress, progressStyle, startProgress } from "@vsi/command";
import { buildDataset } from "../buildDataset.ts";
import { describeDryRun, dryRun } from "../dryRun.ts";
import { closingTable } from "../report.ts";
import type { BuildArguments } from "./buildFlags.ts";

/**
 * Builds with a progress bar and a closing table, or says what a build would do.
 * @returns the exit code: 1 when a scan was skipped
 */
export async function runBuild(parsed: BuildArguments): Promise<number> {
  const { options, json, quiet } = parsed;
  if (parsed.dryRun) {
    const report = await dryRun(options);
    process.stdout.write(`${json ? JSON.stringify(report, null, 2) : describeDryRun(report)}\n`);
    return 0;
  }
  let progress: Progress | null = null;
  const write = (line: string): void =>
    progress === null ? void process.stderr.write(`${line}\n`) : progress.note(line);
  const log: Log = createLog(quiet ? "error" : parsed.logLevel, write);
  const interruption = listenForSignals();
  try {
    const report = await buildDataset(options, {
      signal: interruption.signal,
      onStart: (scans) => {
        progress = startProgress(scans, "scans", progressStyle(parsed));
      },
      onScan: (scanId) => progress?.done(scanId),
      onProblem: log,
    });
    (progress as Progress | null)?.stop();
    if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else if (!quiet) process.stdout.write(`${closingTable(report)}\n`);
    return report.scans_skipped.length > 0 ? 1 : 0;
  } finally {
    (progress as Progress | null)?.stop();
    interruption.stopListening();
  }
}
