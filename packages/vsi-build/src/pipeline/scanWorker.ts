import { join } from "node:path";
import { BuildStoppedError } from "@vsi/command";
import { explainStop } from "@vsi/command/internal";
import type { ScanInput } from "../scans/source.ts";
import {
  fingerprintInput,
  isWhole,
  type KeptFolders,
  loadScanResult,
  type ScanSummary,
  storeScanResult,
  summarizeScan,
} from "./keptResults.ts";
import { identityOf, type ProcessScanOptions, processScan } from "./processScan.ts";
import { writeRefusals } from "./refusals.ts";

export interface ScanTask {
  input: ScanInput;
  /** Where result and frames are kept until all scans are done. */
  kept: KeptFolders;
  options: ProcessScanOptions;
}

/** What comes of a scan: its summary, or why the whole build has to stop. */
export type ScanOutcome = { status: "done"; summary: ScanSummary } | { status: "stopped"; message: string };

/**
 * Reads one scan, unless an earlier run kept its result and the files are unchanged. Runs in a worker thread:
 * only the small summary travels back, so the main thread's memory does not grow with the scans.
 */
export default async function runScanTask(task: ScanTask): Promise<ScanOutcome> {
  try {
    return { status: "done", summary: await readOrReuse(task) };
  } catch (error) {
    const explained = explainStop(error, task.kept.resultsFolder);
    if (!(explained instanceof BuildStoppedError)) throw error;
    // Between threads an error loses its class, which marks its message as meant for the user.
    return { status: "stopped", message: explained.message };
  }
}

async function readOrReuse(task: ScanTask): Promise<ScanSummary> {
  const fingerprint = await fingerprintInput(task.input, task.options);
  const earlier = await loadScanResult(task.kept, identityOf(task.input).scanId);
  if (earlier?.fingerprint === fingerprint && (await isWhole(task.kept, earlier))) return summarizeScan(earlier.result);
  const { scanId } = identityOf(task.input);
  const refusals = writeRefusals(join(task.kept.rejectsFolder, `${scanId}.jsonl`));
  const result = await processScan(task.input, task.options, task.kept, refusals.take);
  const { counts } = refusals;
  return summarizeScan(await storeScanResult(task.kept, fingerprint, result, { counts, sha256: refusals.close() }));
}
