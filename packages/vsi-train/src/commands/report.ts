import { join } from "node:path";
import {
  checkFlagValues,
  checkReportFile,
  commonFlags,
  type LogLevel,
  type ReportFile,
  writeReportFile,
} from "@vsi/command";
import { at, printable } from "@vsi/dataset/internal";
import { isOurPage } from "@vsi/report/internal";
import type { Argv } from "yargs";
import { readRun, renderRuns } from "../report/report.ts";

/** Where a report goes unless --out says otherwise. */
const REPORT_FILE = "report.html";

/**
 * Draws the report of one or several runs.
 * @returns the exit code
 * @throws TrainError or DatasetError when a run cannot be read or the report not written.
 */
export async function runReport(flags: ReportArguments): Promise<number> {
  checkFlagValues({ ...flags }, ["runs"]);
  const out = flags.out ?? join(at(flags.runs, 0), REPORT_FILE);
  const { overwrite } = flags;
  const page: ReportFile = { flag: "--out", path: out, command: "vsi-train", isOurs: isOurPage, overwrite };
  await checkReportFile(page);
  const runs = [];
  for (const folder of flags.runs) runs.push(await readRun(folder));
  await writeReportFile(page, await renderRuns(runs));
  const alarms = runs.reduce((sum, run) => sum + run.alarms.length, 0);
  if (flags.json) process.stdout.write(printable(`${JSON.stringify({ report: out, runs: runs.length, alarms })}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`Report written to ${out}\n`));
  return 0;
}

/** The arguments of `vsi-train report`. */
export function reportFlags<T>(commandLine: Argv<T>) {
  return commonFlags(commandLine)
    .positional("runs", { type: "string", array: true, demandOption: true, describe: "Folders of runs" })
    .option("out", {
      type: "string",
      describe: "HTML file to write; report.html in the first run's folder unless given",
    })
    .option("overwrite", { type: "boolean", default: false, describe: "Replace the file, whoever wrote it" });
}

/** What yargs makes of them. */
interface ReportArguments {
  runs: string[];
  out?: string | undefined;
  overwrite: boolean;
  json: boolean;
  quiet: boolean;
  "log-level": LogLevel;
}
