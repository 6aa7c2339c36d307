import { commonFlags } from "@vsi/command";
import type { Argv } from "yargs";

/** The flags of `vsi-build stats`. */
export function statsFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("folder", { type: "string", demandOption: true, describe: "The dataset folder" })
    .example("$0 stats ./vsi-100k", "questions, answers and rejects by type");
}

export type StatsFlags = Awaited<ReturnType<typeof statsFlags>["argv"]>;
