import { join } from "node:path";
import { type ReportFile, writeReportFile } from "@vsi/command";
import type { Values } from "@vsi/command/program";
import { at, printable } from "@vsi/dataset/internal";
import { isOurPage } from "@vsi/report/internal";
import { readRun, renderRuns } from "../report/report.ts";
import type { REPORT } from "./flags.ts";

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
  await writeReportFile(page, renderRuns(runs));
  const alarms = runs.reduce((sum, run) => sum + run.alarms.length, 0);
  if (flags.json) process.stdout.write(printable(`${JSON.stringify({ report: out, runs: runs.length, alarms })}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`Report written to ${out}\n`));
  return 0;
}
