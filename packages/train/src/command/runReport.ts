import { join } from "node:path";
import { checkFlagValues } from "@vsi/command";
import { writeFileAtomically } from "@vsi/dataset/node";
import { readRun } from "../reporting/readRun.ts";
import { renderRuns } from "../reporting/renderRuns.ts";
import type { ReportArguments } from "./reportFlags.ts";

/** Where a report goes when nothing else is asked for. */
const REPORT_FILE = "report.html";

/**
 * Draws the report of one or several runs.
 * @returns the exit code
 * @throws TrainError or DatasetError when a run cannot be read or the report not written.
 */
export async function runReport(flags: ReportArguments): Promise<number> {
  checkFlagValues({ ...flags }, ["runs"]);
  const runs = [];
  for (const folder of flags.runs) runs.push(await readRun(folder));
  const out = flags.out ?? join(flags.runs[0]!, REPORT_FILE);
  await writeFileAtomically(out, await renderRuns(runs));
  const alarms = runs.reduce((sum, run) => sum + run.alarms.length, 0);
  if (flags.json) process.stdout.write(`${JSON.stringify({ report: out, runs: runs.length, alarms })}\n`);
  else if (!flags.quiet) process.stdout.write(`Report written to ${out}\n`);
  return 0;
}
