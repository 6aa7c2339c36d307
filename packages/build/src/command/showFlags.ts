import { commonFlags } from "@vsi/command";
import type { Argv } from "yargs";

/** The flags of `vsi-build show`. */
export function showFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("folder", { type: "string", demandOption: true, describe: "The dataset folder" })
    .positional("id", { type: "string", demandOption: true, describe: "The question's id, or the beginning of it" })
    .option("svg", { type: "string", requiresArg: true, describe: "Write the drawing to this SVG file" })
    .example("$0 show ./vsi-100k 3f9a", "when only one id begins so")
    .example("$0 show ./vsi-100k 3f9a --svg plan.svg", "the room from above, as a picture");
}

export type ShowFlags = Awaited<ReturnType<typeof showFlags>["argv"]>;
