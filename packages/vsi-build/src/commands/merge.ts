import { listenForSignals } from "@vsi/command";
import type { Values } from "@vsi/command/program";
import { mergeShards } from "../mergeShards.ts";
import { printReport } from "../report.ts";
import type { MERGE } from "./flags.ts";

/**
 * Merges shards and prints the closing table of the whole build.
 *
 * @returns the exit code: 1 when a scan was skipped.
 */
export async function run(flags: Values<typeof MERGE>): Promise<number> {
  const { shards, out, resume, overwrite } = flags;
  const interruption = listenForSignals();
  try {
    return printReport(await mergeShards({ shards, out, resume, overwrite, signal: interruption.signal }), flags);
  } finally {
    interruption.stopListening();
  }
}
