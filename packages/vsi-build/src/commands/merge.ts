import { checkFlagValues, commonFlags, listenForSignals } from "@vsi/command";
import type { Argv } from "yargs";
import { mergeShards } from "../mergeShards.ts";
import { printReport } from "../report.ts";

/**
 * Merges shards and prints the closing table of the whole build.
 *
 * @returns the exit code: 1 when a scan was skipped.
 */
export async function runMerge(flags: MergeFlags): Promise<number> {
  checkFlagValues(flags, ["shards"]);
  const { shards, out, resume, overwrite } = flags;
  const interruption = listenForSignals();
  try {
    return printReport(await mergeShards({ shards, out, resume, overwrite, signal: interruption.signal }), flags);
  } finally {
    interruption.stopListening();
  }
}

/** The flags of `vsi-build merge`. */
export function mergeFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("shards", {
      type: "string",
      array: true,
      default: [] as string[],
      defaultDescription: "OUT.shards/*",
      describe: "The shards' folders",
    })
    .option("out", {
      type: "string",
      demandOption: true,
      requiresArg: true,
      describe: "Dataset folder to write; the same --out that the shards were built with",
    })
    .option("resume", { type: "boolean", default: false, describe: "Go on with a merge that was interrupted" })
    .option("overwrite", {
      type: "boolean",
      default: false,
      describe: "Replace a dataset that vsi-build wrote; never deletes other files",
    })
    .example("$0 --scannet ./raw --shard 0/2 --out ./vsi-100k", "and 1/2, perhaps on another machine, then:")
    .example("$0 merge --out ./vsi-100k", "the same bytes as one build without shards");
}

type MergeFlags = Awaited<ReturnType<typeof mergeFlags>["argv"]>;
