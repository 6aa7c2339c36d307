import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { placeFile } from "@vsi/command";
import type { Reject } from "@vsi/dataset";
import { writeFileAtomically } from "@vsi/dataset/node";
import type { ScanInput } from "../scans/source.ts";
import type { ScanFailure, ScanResult, ScanSuccess } from "./processScan.ts";

/**
 * Where finished scans are kept until all are done, below the working folder. Plain data, so that it travels to threads.
 */
export interface KeptFolders {
  /** One file per finished scan: questions, rejects, warnings. */
  resultsFolder: string;
  /** The scans' facts, byte for byte as they go into the dataset. */
  scenesFolder: string;
  /** Sampled frames, one folder per scan. */
  framesFolder: string;
  /** Videos, one file per scan. */
  videosFolder: string;
}

/** The folders that every scan writes to; those of frames and videos are made where there are any. */
export const ALWAYS_KEPT = ["results", "scenes"] as const;

/** The folders below a working folder. */
export function keptFolders(working: string): KeptFolders {
  return {
    resultsFolder: join(working, "results"),
    scenesFolder: join(working, "scenes"),
    framesFolder: join(working, "frames"),
    videosFolder: join(working, "videos"),
  };
}

/** A scan that became questions, without its facts: those are kept as the dataset's own file. */
export interface KeptSuccess extends Omit<ScanSuccess, "facts"> {
  /** File names of the sampled frames; null without a stream. */
  frames: string[] | null;
}

export type KeptScanResult = KeptSuccess | ScanFailure;

/** A finished scan as it is kept in the working folder until all scans are done. */
interface StoredScanResult {
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

/**
 * Puts a scan's facts, frames and video where the dataset is assembled: as links, so that what is kept stays whole until
 * the build is done.
 *
 * @param frames the frames' file names; null for none, whatever is kept.
 */
export async function placeKept(
  kept: KeptFolders,
  staging: string,
  scanId: string,
  frames: readonly string[] | null,
): Promise<void> {
  await placeFile(join(kept.scenesFolder, `${scanId}.json`), join(staging, "scenes", `${scanId}.json`));
  if (frames === null) return;
  const target = join(staging, "frames", scanId);
  await mkdir(target, { recursive: true });
  for (const name of frames) await placeFile(join(kept.framesFolder, scanId, name), join(target, name));
  const video = join(kept.videosFolder, `${scanId}.mp4`);
  if ((await stat(video).catch(() => null)) === null) return;
  await mkdir(join(staging, "videos"), { recursive: true });
  await placeFile(video, join(staging, "videos", `${scanId}.mp4`));
}

/** Tells whether what a kept result was made from is still the same. Stays in the working folder. */
export async function fingerprintInput(input: ScanInput): Promise<string> {
  if (input.kind === "raw") return fingerprintScan(input.folder.path);
  return createHash("sha256").update(JSON.stringify(input.facts)).digest("hex");
}

/**
 * Tells whether a scan's folder is still what it was when its result was kept: name, size and
 * modification time of every file in it. Stays in the working folder, never in the dataset.
 */
export async function fingerprintScan(folder: string): Promise<string> {
  const lines: string[] = [];
  // A folder that can't be listed is a scan without files; reading the scan says so.
  for (const name of (await readdir(folder).catch(() => [])).sort()) {
    // A dangling link is a file that is not there; reading the scan says so.
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile()) lines.push(`${name}\t${found.size}\t${found.mtimeMs}`);
  }
  return lines.join("\n");
}
