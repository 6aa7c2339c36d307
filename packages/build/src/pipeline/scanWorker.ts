import type { ScanFolder } from "@vsi/geometry/node";
import { fingerprintScan } from "./fingerprintScan.ts";
import { type ProcessScanOptions, processScan } from "./processScan.ts";
import { loadScanResult, type ScanSummary, storeScanResult, summarizeScan } from "./storeScanResult.ts";

export interface ScanTask {
  folder: ScanFolder;
  /** Where the result is kept until all scans are done. */
  resultsFolder: string;
  options: ProcessScanOptions;
}

/**
 * Reads one scan, unless an earlier run kept its result and the files are unchanged. Runs in a worker thread:
 * only the small summary travels back, so the main thread's memory does not grow with the scans.
 */
export default async function runScanTask(task: ScanTask): Promise<ScanSummary> {
  const fingerprint = await fingerprintScan(task.folder.path);
  const kept = await loadScanResult(task.resultsFolder, task.folder.scanId);
  if (kept !== null && kept.fingerprint === fingerprint) return summarizeScan(kept.result);
  const result = await processScan(task.folder, task.options);
  await storeScanResult(task.resultsFolder, { fingerprint, result });
  return summarizeScan(result);
}
