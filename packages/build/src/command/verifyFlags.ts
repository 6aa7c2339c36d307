import { commonFlags } from "@vsi/command";
import type { Argv } from "yargs";

/** The flags of `vsi-build verify`. */
export function verifyFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("folder", { type: "string", demandOption: true, describe: "The dataset folder" })
    .example("$0 verify ./vsi-100k", "every file, id, count and answer")
    .example("$0 verify ./vsi-100k --json", "all problems, for a program");
}

export type VerifyFlags = Awaited<ReturnType<typeof verifyFlags>["argv"]>;
