import { checkFlagValues, commonFlags } from "@vsi/command";
import { printable } from "@vsi/dataset/internal";
import { countOf } from "@vsi/report/internal";
import type { Argv } from "yargs";
import { exportVsiBench } from "../exportVsiBench.ts";
import { DATASET_SPLITS } from "../folder/datasetFolder.ts";

/** Exports a dataset and says how many questions were written. */
export async function runExport(flags: ExportFlags): Promise<number> {
  checkFlagValues(flags);
  const { folder, out, split, overwrite, json, quiet } = flags;
  const report = await exportVsiBench({ folder, out, split: split ?? null, overwrite });
  if (json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!quiet) {
    process.stdout.write(
      printable(`${countOf(report.questions, "question")} (${report.splits.join(", ")}) written to ${out}\n`),
    );
  }
  return 0;
}

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

type ExportFlags = Awaited<ReturnType<typeof exportFlags>["argv"]>;
