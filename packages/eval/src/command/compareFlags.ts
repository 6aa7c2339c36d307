import { commonFlags } from "@vsi/command";
import type { Argv } from "yargs";
import { EXIT_CODES } from "./exitCodes.ts";

/** The flags of `vsi-eval compare`. */
export function compareFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("a", {
      type: "string",
      demandOption: true,
      describe: "What vsi-eval score --json printed for the first run",
    })
    .positional("b", { type: "string", demandOption: true, describe: "The same for the second run" })
    .option("html", {
      type: "string",
      requiresArg: true,
      describe: "Also write a report with a plot to this file; it needs nothing else to be shown",
    })
    .example("$0 compare before.json after.json", "what changed, and whether it may be chance")
    .epilogue(EXIT_CODES);
}

/** What was typed for a comparison. */
export type CompareFlags = Awaited<ReturnType<typeof compareFlags>["argv"]>;
