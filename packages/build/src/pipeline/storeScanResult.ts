import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reject } from "@vsi/dataset";
import { writeFileAtomically } from "@vsi/dataset/node";
import type { ScanResult } from "./scanResult.ts";

/** A finished scan as it is kept in the working folder until all scans are done. */
export interface StoredScanResult {
  /** See fingerprintScan: a result is used again only while the scan's files are unchanged. */
  fingerprint: string;
  result: ScanResult;
}

/** What the main thread needs to know of a finished scan. */
export interface ScanSummary {
  scanId: string;
  warnings: string[];
  /** Why the scan was left out; null when it was read. */
  failure: Reject | null;
}

export function summarizeScan(result: ScanResult): ScanSummary {
  return result.status === "read"
    ? { scanId: result.scanId, warnings: result.warnings, failure: null }
    : { scanId: result.scanId, warnings: [], failure: result.reject };
}

/** Keeps a finished scan, whole or not at all. */
export async function storeScanResult(resultsFolder: string, stored: StoredScanResult): Promise<void> {
  await writeFileAtomically(resultPath(resultsFolder, stored.result.scanId), JSON.stringify(stored));
}

/** A result kept earlier; null when there is none. */
export async function loadScanResult(resultsFolder: string, scanId: string): Promise<StoredScanResult | null> {
  try {
    return JSON.parse(await readFile(resultPath(resultsFolder, scanId), "utf8")) as StoredScanResult;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function resultPath(resultsFolder: string, scanId: string): string {
  return join(resultsFolder, `${scanId}.json`);
}
