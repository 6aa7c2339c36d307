import { commonFlags } from "@vsi/command";
import type { Argv } from "yargs";
import { DATASET_SPLITS } from "../export/exportVsiBench.ts";

/** The flags of `vsi-build export`. */
export function exportFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("folder", { type: "string", demandOption: true, describe: "A dataset folder" })
    .option("format", {
      choices: ["vsi-bench"] as const,
      demandOption: true,
      describe: "vsi-bench: its own fields, with the letter for the answer where there are options",
    })
    .option("out", {
      type: "string",
      demandOption: true,
      requiresArg: true,
      describe: "File to write, outside of the dataset folder",
    })
    .option("split", { choices: DATASET_SPLITS, defaultDescription: "all", describe: "Only this split" })
    .option("overwrite", { type: "boolean", default: false, describe: "Replace the file when it is there" })
    .example(
      "$0 export ./vsi-bench --format vsi-bench --out bench.jsonl",
      "what VSI-Bench's own evaluation code reads",
    );
}

export type ExportFlags = Awaited<ReturnType<typeof exportFlags>["argv"]>;
