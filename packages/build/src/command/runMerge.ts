import { checkFlagValues } from "@vsi/command";
import { mergeShards } from "../mergeShards.ts";
import { closingTable } from "../terminal/closingTable.ts";
import type { MergeFlags } from "./mergeFlags.ts";

/**
 * Merges shards and prints the closing table of the whole build.
 * @returns the exit code: 1 when a scan was skipped
 */
export async function runMerge(flags: MergeFlags): Promise<number> {
  checkFlagValues(flags, ["shards"]);
  const { shards, out, resume, overwrite, json, quiet } = flags;
  const report = await mergeShards({ shards, out, resume, overwrite });
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (!quiet) process.stdout.write(`${closingTable(report)}\n`);
  return report.scans_skipped.length > 0 ? 1 : 0;
}
