import { checkFlagValues } from "@vsi/command";
import { datasetStats } from "../stats/datasetStats.ts";
import { statsText } from "../stats/statsText.ts";
import type { StatsFlags } from "./statsFlags.ts";

/** Prints what is in a dataset; the exit code is 0. */
export async function runStats(flags: StatsFlags): Promise<number> {
  checkFlagValues(flags);
  const stats = await datasetStats(flags.folder);
  if (flags.json) process.stdout.write(`${JSON.stringify(stats, null, 2)}\n`);
  else if (!flags.quiet) process.stdout.write(`${statsText(stats)}\n`);
  return 0;
}
