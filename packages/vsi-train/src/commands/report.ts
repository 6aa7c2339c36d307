import { join } from "node:path";
import { type ReportFile, writeReportFile } from "@vsi/command";
import { checkOutputFiles } from "@vsi/command/internal";
import type { Values } from "@vsi/command/program";
import { at, printable } from "@vsi/dataset/internal";
import { isOurPage } from "@vsi/report/internal";
import { readRun, renderRuns } from "../report/report.ts";
import { runFile } from "../run/runFiles.ts";
import { WORKER_SETTINGS } from "../settings/runSettings.ts";
import type { REPORT } from "./flags.ts";

/** What a report is made of, or a run goes on from. */
function filesOfRun(folder: string): string[] {
  const logs = (["record", "metrics", "samples", "alarms"] as const).map((name) => runFile(folder, name));
  return [...logs, join(folder, WORKER_SETTINGS)];
}

/** Where a report goes unless --out says otherwise. */
const REPORT_FILE = "report.html";

/**
 * Draws the report of one or several runs.
 * @returns the exit code
 * @throws TrainError or DatasetError when a run cannot be read or the report not written.
 */
export async function run(flags: Values<typeof REPORT>): Promise<number> {
  const out = flags.out ?? join(at(flags.runs, 0), REPORT_FILE);
  const { overwrite } = flags;
  const page: ReportFile = { flag: "--out", path: out, command: "vsi-train", isOurs: isOurPage, overwrite };
  const runs = [];
  // First: a folder that is no run is not where a report goes either.
  for (const folder of flags.runs) runs.push(await readRun(folder));
  checkOutputFiles({ out }, flags.runs.flatMap(filesOfRun));
  await writeReportFile(page, renderRuns(runs));
  const alarms = runs.reduce((sum, run) => sum + run.alarms.length, 0);
  if (flags.json) process.stdout.write(printable(`${JSON.stringify({ report: out, runs: runs.length, alarms })}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`Report written to ${out}\n`));
  return 0;
}
