import { lstatSync, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readSealed, writeSealed } from "@vsi/command";
import { hashText, isInnerPath, placeFile } from "@vsi/command/internal";
import type { Reject, SceneFacts } from "@vsi/dataset";
import { frameNamesOf, isRecord, isStated } from "@vsi/dataset/internal";
import { makeFolder } from "@vsi/dataset/internal/node";
import { hashFile, type JsonlWriter, writeFileAtomically } from "@vsi/dataset/node";
import { type FrameSource, findFrames } from "@vsi/geometry/node";
import { isScenePool } from "@vsi/questions/internal";
import type { ScanInput } from "../scans/source.ts";
import { findUnposedFrames, type UnposedSource } from "../scans/unposedFrames.ts";
import type { ProcessScanOptions, ScanFailure, ScanResult, ScanSuccess } from "./processScan.ts";
import { copyRefusals, type RefusalCounts } from "./refusals.ts";

/**
 * Where finished scans are kept until all are done, below the working folder. Plain data, so that it travels to
 * threads.
 */
export interface KeptFolders {
  /** One file per finished scan: questions, rejects, warnings. */
  resultsFolder: string;
  /** Refused candidates, one file per scan, as lines of rejects.jsonl. */
  rejectsFolder: string;
  /** The scans' facts, byte for byte as they go into the dataset. */
  scenesFolder: string;
  /** Sampled frames, one folder per scan. */
  framesFolder: string;
  /** Videos, one file per scan. */
  videosFolder: string;
  /** The hash of the settings that the results were made with; results from other settings are not reused. */
  settings: string;
}

/** The folders that every scan writes to; those of frames and videos are made where there are any. */
export const ALWAYS_KEPT = ["results", "rejects", "scenes"] as const;

/**
 * The folders below a working folder.
 *
 * @param settings what decides the results, as text.
 */
export function keptFolders(working: string, settings: string): KeptFolders {
  return {
    settings: hashText(settings),
    resultsFolder: join(working, "results"),
    rejectsFolder: join(working, "rejects"),
    scenesFolder: join(working, "scenes"),
    framesFolder: join(working, "frames"),
    videosFolder: join(working, "videos"),
  };
}

/** A scan that became questions, without its facts: those are kept as the dataset's own file. */
export interface KeptSuccess extends Omit<ScanSuccess, "facts"> {
  /** File names of the sampled frames; null without a stream. */
  frames: string[] | null;
  /** Of the candidates that are kept in rejectsFolder. */
  refused: RefusalCounts;
}

export type KeptScanResult = KeptSuccess | ScanFailure;

/** A finished scan as it is kept in the working folder until all scans are done. */
interface StoredScanResult {
  schema: typeof KEPT_SCHEMA;
  /** See fingerprintScan: a result is used again only while the scan's files are unchanged. */
  fingerprint: string;
  /** As in KeptFolders. */
  settings: string;
  /** The sha256 of what is kept beside it, by its path in the dataset. */
  files: Record<string, string>;
  result: KeptScanResult;
}

const KEPT_SCHEMA = "vsi-kept/4";

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

/** Keeps a finished scan, whole or not at all: its files first, so that what a result names is always there. */
export async function storeScanResult(
  folders: KeptFolders,
  fingerprint: string,
  result: ScanResult,
  refusals: { counts: RefusalCounts; sha256: string },
): Promise<KeptScanResult> {
  const { kept, files } = await keepFiles(folders, result, refusals);
  const stored: StoredScanResult = {
    schema: KEPT_SCHEMA,
    fingerprint,
    settings: folders.settings,
    files,
    result: kept,
  };
  await writeSealed(resultPath(folders, kept.scanId), stored);
  return kept;
}

/**
 * A result kept earlier; null when there is none, or it is damaged or from other settings. Its files are not checked:
 * see isWhole.
 */
export async function loadScanResult(
  folders: Pick<KeptFolders, "resultsFolder" | "settings">,
  scanId: string,
): Promise<StoredScanResult | null> {
  const stored = (await readSealed(resultPath(folders, scanId))) as Partial<StoredScanResult> | null;
  if (stored?.schema !== KEPT_SCHEMA || stored.settings !== folders.settings) return null;
  return isStored(stored, scanId) ? (stored as StoredScanResult) : null;
}

/** A working folder may come from anyone: even a hand-sealed result must be valid, and name only its own files. */
function isStored({ files, result, fingerprint }: Partial<StoredScanResult>, scanId: string): boolean {
  if (typeof fingerprint !== "string" || !isRecord(files) || !isRecord(result) || result.scanId !== scanId)
    return false;
  if (!Object.entries(files).every(([path, sha256]) => isOwnFile(path, scanId) && typeof sha256 === "string")) {
    return false;
  }
  if (result.status === "skipped") return isRecord(result.reject);
  const { status, questions, pool, warnings, notDrawn, refused, frames } = result;
  return (
    status === "read" &&
    [questions, warnings].every(Array.isArray) &&
    questions.every(isKeptQuestion) &&
    warnings.every((warning) => typeof warning === "string") &&
    isScenePool(pool) &&
    isRecord(notDrawn) &&
    isRecord(refused) &&
    isRecord(refused.codes) &&
    isRecord(refused.types) &&
    (frames === null || (Array.isArray(frames) && frames.every((name) => typeof name === "string")))
  );
}

/** Whether a path is one of those that keepFiles names for a scan. */
function isOwnFile(path: string, scanId: string): boolean {
  if ([`scenes/${scanId}.json`, `rejects/${scanId}.jsonl`, `videos/${scanId}.mp4`].includes(path)) return true;
  const [folder, scan, ...frame] = path.split("/");
  return folder === "frames" && scan === scanId && frame.length === 1 && isInnerPath(path);
}

/** Whether all files kept with a result are unchanged. */
export async function isWhole(folders: KeptFolders, { files }: StoredScanResult): Promise<boolean> {
  for (const [path, sha256] of Object.entries(files)) {
    const found = await hashFile(keptPath(folders, path)).catch(() => null);
    if (found !== sha256) return false;
  }
  return true;
}

async function keepFiles(
  folders: KeptFolders,
  result: ScanResult,
  refusals: { counts: RefusalCounts; sha256: string },
): Promise<{ kept: KeptScanResult; files: Record<string, string> }> {
  if (result.status === "skipped") return { kept: result, files: {} };
  const { facts, ...others } = result;
  const { scanId } = result;
  const text = `${JSON.stringify(facts)}\n`;
  await writeFileAtomically(join(folders.scenesFolder, `${scanId}.json`), text);
  const files: Record<string, string> = {
    [`scenes/${scanId}.json`]: hashText(text),
    [`rejects/${scanId}.jsonl`]: refusals.sha256,
  };
  const frames = frameNamesOf(facts);
  for (const name of frames ?? []) {
    files[`frames/${scanId}/${name}`] = await hashFile(join(folders.framesFolder, scanId, name));
  }
  const video = join(folders.videosFolder, `${scanId}.mp4`);
  if (frames !== null && (await stat(video).catch(() => null)) !== null) {
    files[`videos/${scanId}.mp4`] = await hashFile(video);
  }
  return { kept: { ...others, frames, refused: refusals.counts }, files };
}

/** A scan's facts; null where they are missing or were changed. */
export function readKeptFacts(
  kept: KeptFolders,
  scanId: string,
  { files }: Pick<StoredScanResult, "files">,
): SceneFacts | null {
  const path = `scenes/${scanId}.json`;
  try {
    const text = readFileSync(keptPath(kept, path), "utf8");
    return hashText(text) === files[path] ? (JSON.parse(text) as SceneFacts) : null;
  } catch {
    return null;
  }
}

/** Where a file of the dataset, or a scan's part of rejects.jsonl, is kept. */
function keptPath(folders: KeptFolders, path: string): string {
  const [folder, ...rest] = path.split("/");
  return join(folders[`${folder as "scenes" | "frames" | "videos" | "rejects"}Folder`], ...rest);
}

function resultPath({ resultsFolder }: Pick<KeptFolders, "resultsFolder">, scanId: string): string {
  return join(resultsFolder, `${scanId}.json`);
}

/**
 * Puts a scan's files where the dataset is assembled: as links, so that what is kept stays whole until the build is
 * done.
 *
 * @param pixels whether frames and video go into the dataset.
 * One that has gone or is no file is left out, and found by its checksum.
 *
 * @returns the sha256 that each placed file must have, by its path in the dataset.
 */
export function placeKept(
  kept: KeptFolders,
  staging: string,
  { files }: Pick<StoredScanResult, "files">,
  pixels: boolean,
): [path: string, sha256: string][] {
  const isPlaced = (path: string) => path.startsWith("scenes/") || (pixels && !path.startsWith("rejects/"));
  const placed = Object.entries(files).filter(([path]) => isPlaced(path));
  for (const [path] of placed) {
    const from = keptPath(kept, path);
    // A link's target is not a result of ours, and the link itself would be published.
    if (!statusOf(from, lstatSync)?.isFile()) continue;
    // The others lie in a folder that is there.
    if (path.startsWith("frames/") || path.startsWith("videos/")) {
      makeFolder(dirname(join(staging, path)));
    }
    placeFile(from, join(staging, path));
  }
  return placed;
}

/**
 * Copies a scan's refused candidates into rejects.jsonl.
 *
 * @returns whether they are what was kept.
 */
export async function copyRejects(
  kept: KeptFolders,
  scanId: string,
  { files }: Pick<StoredScanResult, "files">,
  rejects: JsonlWriter<Reject>,
): Promise<boolean> {
  const path = `rejects/${scanId}.jsonl`;
  return (await copyRefusals(keptPath(kept, path), rejects)) === files[path];
}

/** What of a scan's work decides which of its files are read. */
type FrameUse = Pick<ProcessScanOptions, "frames" | "framesRoot">;

/** Changes when the input of a kept result changes. Stays in the working folder. */
export async function fingerprintInput(input: ScanInput, { frames, framesRoot }: FrameUse): Promise<string> {
  const unposed = frames === null ? null : await findUnposedFrames(input, framesRoot);
  const pictures = unposed === null ? "" : `\n${await fingerprintUnposed(unposed)}`;
  if (input.kind !== "raw") return `${hashText(JSON.stringify(input.facts))}${pictures}`;
  const room = isStated(input.stated ?? {}) ? `\n${JSON.stringify(input.stated)}` : "";
  const scan = `${fingerprintScan(input.folder.path)}${room}`;
  const source = frames === null ? null : await findFrames(input.folder, { framesRoot });
  return source === null ? `${scan}${pictures}` : `${scan}\n${await fingerprintFrames(source)}${pictures}`;
}

/** A video's size and time, or when pictures came to their folder or went. */
async function fingerprintUnposed({ path, kind }: UnposedSource): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${path}\t${kind === "video" ? size : ""}\t${mtimeMs}`;
}

/** A stream's size and time, or when files came to the folders of exported frames or went: they may be thousands. */
async function fingerprintFrames({ path, layout }: FrameSource): Promise<string> {
  const lines = [`${path}\t${layout}`];
  for (const inside of [".", "color", "pose", "depth", "intrinsic"]) {
    const found = await stat(join(path, inside)).catch(() => null);
    if (found !== null) lines.push(`${inside}\t${layout === ".sens" ? found.size : ""}\t${found.mtimeMs}`);
  }
  return lines.join("\n");
}

/**
 * Tells whether a scan's folder is still what it was when its result was kept: name, size and
 * modification time of every file in it. Stays in the working folder, never in the dataset. Looks at once, as
 * writeFileAtomically writes.
 */
export function fingerprintScan(folder: string): string {
  const lines: string[] = [];
  for (const name of namesIn(folder).sort()) {
    const found = statusOf(join(folder, name));
    if (found?.isFile()) lines.push(`${name}\t${found.size}\t${found.mtimeMs}`);
  }
  return lines.join("\n");
}

/** A folder that can't be listed counts as a scan without files; reading the scan reports it. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A dangling link counts as a missing file; reading the scan reports it. */
function statusOf(path: string, look: (path: string) => Stats = statSync): Stats | null {
  try {
    return look(path);
  } catch {
    return null;
  }
}

function isKeptQuestion(question: unknown): boolean {
  if (!isRecord(question) || !isRecord(question.evidence)) return false;
  const { value } = question.evidence;
  return value === null || Number.isFinite(value);
}
