import { exportDataset } from "../exports/exportDataset.ts";
import { type ExportFlags, toExportOptions } from "./exportFlags.ts";

/** Exports and says what was written. @returns the exit code */
export async function runExport(flags: ExportFlags): Promise<number> {
  const report = await exportDataset(toExportOptions(flags));
  const rows = Object.entries(report.rows).map(([split, count]) => `${split} ${count}`);
  const text = `${rows.join(", ")} rows written to ${report.out}: ${report.files.join(", ")}`;
  if (flags.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (!flags.quiet) process.stdout.write(`${text}\n`);
  return 0;
}
