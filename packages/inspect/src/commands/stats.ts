import { checkFlagValues, commonFlags } from "@vsi/command";
import { printable } from "@vsi/dataset/internal";
import type { Argv } from "yargs";
import { datasetStats, statsText } from "../stats.ts";

/** Prints what is in a dataset; the exit code is 0. */
export async function runStats(flags: StatsFlags): Promise<number> {
  checkFlagValues(flags);
  const stats = await datasetStats(flags.folder);
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(stats, null, 2)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${statsText(stats)}\n`));
  return 0;
}

/** The flags of `vsi-build stats`. */
export function statsFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("folder", { type: "string", demandOption: true, describe: "The dataset folder" })
    .example("$0 stats ./vsi-100k", "questions, answers and rejects by type");
}

type StatsFlags = Awaited<ReturnType<typeof statsFlags>["argv"]>;
