import { terminalColumns } from "@vsi/command/internal/program";
import type { Values } from "@vsi/command/program";
import { printable } from "@vsi/dataset/internal";
import { datasetStats, statsText } from "../stats.ts";
import type { STATS } from "./flags.ts";

/** Prints what is in a dataset; the exit code is 0. */
export async function run(flags: Values<typeof STATS>): Promise<number> {
  const stats = await datasetStats(flags.folder);
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(stats, null, 2)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${statsText(stats, terminalColumns())}\n`));
  return 0;
}
