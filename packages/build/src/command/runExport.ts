import { checkFlagValues } from "@vsi/command";
import { countOf } from "@vsi/report";
import { exportVsiBench } from "../export/exportVsiBench.ts";
import type { ExportFlags } from "./exportFlags.ts";

/** Exports a dataset and says how many questions were written. */
export async function runExport(flags: ExportFlags): Promise<number> {
  checkFlagValues(flags);
  const { folder, out, split, overwrite, json, quiet } = flags;
  const report = await exportVsiBench({ folder, out, split: split ?? null, overwrite });
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (!quiet) {
    process.stdout.write(`${countOf(report.questions, "question")} (${report.splits.join(", ")}) written to ${out}\n`);
  }
  return 0;
}
