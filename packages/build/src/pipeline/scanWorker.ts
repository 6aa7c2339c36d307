import type { ScanFolder } from "@vsi/geometry/node";
import { BuildStoppedError } from "../buildError.ts";
import { explainStop } from "../output/explainFileError.ts";
import { fingerprintScan } from "./fingerprintScan.ts";
import { type ProcessScanOptions, processScan } from "./processScan.ts";
import { loadScanResult, type ScanSummary, storeScanResult, summarizeScan } from "./storeScanResult.ts";

export interface ScanTask {
  folder: ScanFolder;
  /** Where the result is kept until all scans are done. */
  resultsFolder: string;
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
    const explained = explainStop(error, task.resultsFolder);
    if (!(explained instanceof BuildStoppedError)) throw error;
    // Between threads an error loses its class, and with it the sign that its message is meant for the user.
    return { status: "stopped", message: explained.message };
  }
}

async function readOrReuse(task: ScanTask): Promise<ScanSummary> {
  const fingerprint = await fingerprintScan(task.folder.path);
  const kept = await loadScanResult(task.resultsFolder, task.folder.scanId);
  if (kept !== null && kept.fingerprint === fingerprint) return summarizeScan(kept.result);
  const result = await processScan(task.folder, task.options);
  await storeScanResult(task.resultsFolder, { fingerprint, result });
  return summarizeScan(result);
}
