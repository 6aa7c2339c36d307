import { commonFlags } from "@vsi/command";
import type { Argv } from "yargs";

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

export type MergeFlags = Awaited<ReturnType<typeof mergeFlags>["argv"]>;
