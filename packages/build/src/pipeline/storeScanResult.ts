import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reject } from "@vsi/dataset";
import { writeFileAtomically } from "@vsi/dataset/node";
import type { KeptFolders } from "./keptFolders.ts";
import type { ScanFailure, ScanResult, ScanSuccess } from "./scanResult.ts";

/** A scan that became questions, without its facts: those are kept as the dataset's own file. */
export interface KeptSuccess extends Omit<ScanSuccess, "facts"> {
  /** File names of the sampled frames; null without a stream. */
  frames: string[] | null;
}

export type KeptScanResult = KeptSuccess | ScanFailure;

/** A finished scan as it is kept in the working folder until all scans are done. */
export interface StoredScanResult {
  /** See fingerprintScan: a result is used again only while the scan's files are unchanged. */
  fingerprint: string;
  result: KeptScanResult;
}

/** What the main thread needs to know of a finished scan. */
export interface ScanSummary {
  scanId: string;
  warnings: string[];
  /** Why the scan was left out; null when it was read. */
  failure: Reject | null;
}

export function summarizeScan(result: KeptScanResult): ScanSummary {
  return result.status === "read"
    ? { scanId: result.scanId, warnings: result.warnings, failure: null }
    : { scanId: result.scanId, warnings: [], failure: result.reject };
}

/** Keeps a finished scan, whole or not at all: its facts first, so that a result's facts are always there. */
export async function storeScanResult(
  folders: KeptFolders,
  fingerprint: string,
  result: ScanResult,
): Promise<KeptScanResult> {
  const kept = await keepFacts(folders, result);
  await writeFileAtomically(resultPath(folders, kept.scanId), JSON.stringify({ fingerprint, result: kept }));
  return kept;
}

/** A result kept earlier; null when there is none. */
export async function loadScanResult(
  folders: Pick<KeptFolders, "resultsFolder">,
  scanId: string,
): Promise<StoredScanResult | null> {
  try {
    return JSON.parse(await readFile(resultPath(folders, scanId), "utf8")) as StoredScanResult;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function keepFacts(folders: KeptFolders, result: ScanResult): Promise<KeptScanResult> {
  if (result.status === "skipped") return result;
  const { facts, ...others } = result;
  await writeFileAtomically(join(folders.scenesFolder, `${result.scanId}.json`), `${JSON.stringify(facts)}\n`);
  return { ...others, frames: facts.camera === null ? null : facts.camera.frames.map(({ name }) => name) };
}

function resultPath({ resultsFolder }: Pick<KeptFolders, "resultsFolder">, scanId: string): string {
  return join(resultsFolder, `${scanId}.json`);
}
