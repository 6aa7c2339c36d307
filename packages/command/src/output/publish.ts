import { copyFileSync, linkSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { checkArguments, FUNCTION, fields, MAP, PATH, SIGNAL, TEXT } from "@vsi/dataset/internal";
import { CHECKSUMS_FILE, hashFile, readChecksums } from "@vsi/dataset/node";
import pLimit from "p-limit";
import { UsageError } from "../errors.ts";
import type { FolderLock } from "./lock.ts";
import { findAt, isOurPlace, type KnownFile, obstacleError, WORKING_FOLDER } from "./ownership.ts";
import { jsonText } from "./sealed.ts";

/** A folder held by this command until released. */
export interface OutputFolder {
  /** As the user gave it. */
  path: string;
  /** Links resolved. */
  realPath: string;
  /** For work that a later command can go on with. */
  workingFolder: string;
  /** The new content is assembled here, with its SHA256SUMS, before it is moved into place. */
  stagingFolder: string;
  /** What stands in the folder and is proven to be ours, by POSIX path. */
  ours: ReadonlyMap<string, KnownFile>;
  settings: string;
  command: string;
  /**
   * What an interrupted command of the same settings had to report when it was about to take its place; it has now been
   * finished, and there is nothing left to do.
   */
  finished: unknown;
  lock: FolderLock;
  /** Releases the folder; call it in a `finally`. */
  release(): void;
}

/** What publish needs of an OutputFolder. */
const OPEN_FOLDER = fields({
  ...{ path: PATH, realPath: PATH, workingFolder: PATH, stagingFolder: PATH },
  ...{ ours: MAP, settings: TEXT, command: TEXT, lock: fields({ lost: SIGNAL }) },
});

/**
 * In the working folder while files are moved into place: what is moved, what goes, and what the command reports then.
 */
export const MARKER_FILE = "publishing.json";

const MARKER_SCHEMA = "vsi-publishing/1";

/** Files that are flushed at a time: enough to keep a disk's queue filled, few enough for any limit of open files. */
const FLUSHES_AT_A_TIME = 16;

interface Marker {
  schema: typeof MARKER_SCHEMA;
  command: string;
  settings: string;
  /** New files, POSIX path to sha256; SHA256SUMS is the last to move. */
  files: Record<string, string>;
  /** Files of ours that the new ones replace or that go, by what they held. */
  replaced: Record<string, string>;
  report: unknown;
}

/**
 * Puts what was assembled in the staging folder into its place, whole or not at all: it is complete and on the disk
 * before anything old is touched; then a marker says that files are being moved, and while it stands every reader
 * refuses the folder; whoever opens it for writing next finishes the move. Files of ours that the new content does not
 * have go; what is not ours stays.
 *
 * @param report what the command has to say at its end; it reaches the user even when the move had to be finished later.
 * @param beforeMove called before each file moves; for tests of what a killed process leaves.
 * @throws UsageError when something that is not ours stands in the way: nothing was touched then.
 *
 * @example
 * ```js
 * import { mkdir, writeFile } from "node:fs/promises";
 * import { join } from "node:path";
 * import { openOutputFolder, publish } from "@vsi/command";
 * import { writeChecksums } from "@vsi/dataset/node";
 *
 * const identity = { file: "manifest.json", schema: "my-notes/1", noun: "folder of notes" };
 * const claim = { command: "my-command", identity, resume: false, overwrite: false, settings: "{}" };
 * const folder = await openOutputFolder("other-notes", { ...claim, firstFiles: ["manifest.json"] });
 * try {
 *   await mkdir(folder.stagingFolder, { recursive: true });
 *   await writeFile(join(folder.stagingFolder, "manifest.json"), `{"schema":"my-notes/1"}\n`);
 *   await writeChecksums(folder.stagingFolder);
 *   await publish(folder, null);
 * } finally {
 *   folder.release();
 * }
 * console.log("in its place"); // in its place
 * ```
 */
export async function publish(folder: OutputFolder, report: unknown, beforeMove: () => void = () => {}): Promise<void> {
  checkArguments("publish", { folder: [folder, OPEN_FOLDER], beforeMove: [beforeMove, FUNCTION] });
  if (report !== undefined) jsonText("publish", "report", report);
  const { stagingFolder, workingFolder, realPath, ours, settings, command } = folder;
  folder.lock.lost.throwIfAborted();
  const files = new Map(await readChecksums(stagingFolder));
  files.set(CHECKSUMS_FILE, await hashFile(join(stagingFolder, CHECKSUMS_FILE)));
  const replaced = await checkReplaced(folder, files);
  await flushFolder(stagingFolder);
  const marker: Marker = {
    schema: MARKER_SCHEMA,
    command,
    settings,
    files: Object.fromEntries(files),
    replaced: Object.fromEntries([...ours, ...replaced].map(([file, { sha256 }]) => [file, sha256])),
    report,
  };
  folder.lock.lost.throwIfAborted();
  await writeFlushed(join(workingFolder, MARKER_FILE), `${JSON.stringify(marker)}\n`);
  await moveIntoPlace(realPath, folder.path, marker, new Map([...ours, ...replaced]), beforeMove);
}

/** Whether a publication of this folder is under way, or was interrupted: its files are partly old and partly new. */
export async function isPublishing(path: string): Promise<boolean> {
  return (await stat(join(path, WORKING_FOLDER, MARKER_FILE)).catch(() => null)) !== null;
}

/**
 * Finishes a publication that was interrupted.
 *
 * @param realPath the folder, links resolved.
 * @param path the folder as the user knows it.
 * @throws UsageError when the marker can't be trusted, a new file has gone, or something stands in the way.
 */
export async function finishPublishing(realPath: string, path: string): Promise<Pick<Marker, "settings" | "report">> {
  const marker = await pendingPublication(realPath, path);
  await moveIntoPlace(realPath, path, marker, new Map());
  return { settings: marker.settings, report: marker.report };
}

/**
 * What a publication that was interrupted has still to do, without doing it.
 *
 * @throws UsageError as finishPublishing, but for what stands in the way.
 */
export async function pendingPublication(realPath: string, path: string): Promise<Marker> {
  const marker = parseMarker(await readFile(join(realPath, WORKING_FOLDER, MARKER_FILE), "utf8"));
  if (marker === null) {
    throw new UsageError(
      `${path}/${WORKING_FOLDER}/${MARKER_FILE}: was not written by this version. ` +
        "Another version left the folder half moved, or the file was changed: download the dataset again, or build it into another --out.",
    );
  }
  await checkStaged(realPath, path, marker);
  return marker;
}

/** Days may pass before someone finishes the move: the waiting files must still match the marker. */
async function checkStaged(realPath: string, path: string, { files }: Marker): Promise<void> {
  for (const [file, sha256] of Object.entries(files)) {
    const found = await findAt(join(realPath, WORKING_FOLDER, "staging"), file);
    if (found.kind === "nothing" || (found.kind === "file" && found.sha256 === sha256)) continue;
    throw new UsageError(
      `${path}: ${JSON.stringify(file)} of the new dataset was changed before it could be moved into place. Build it again into another --out.`,
    );
  }
}

/**
 * What stands at the new files' places and may be replaced, by its sha256: ours, or the same bytes as the new file's.
 * @throws UsageError naming the first file that may not.
 */
async function checkReplaced(
  { path, realPath, ours }: OutputFolder,
  files: ReadonlyMap<string, string>,
): Promise<Map<string, KnownFile>> {
  const replaced = new Map<string, KnownFile>();
  for (const [file, sha256] of files) {
    const known = ours.get(file);
    const found = await findAt(realPath, file, known);
    if (found.kind === "nothing") continue;
    if (found.kind === "other") throw obstacleError(path, found.at);
    // It was ours when the folder was opened; someone may have edited it since.
    if (found.sha256 !== known?.sha256 && found.sha256 !== sha256) throw obstacleError(path, file);
    replaced.set(file, found);
  }
  return replaced;
}

/** Every step may already be done: after a kill, the next process repeats them all. */
async function moveIntoPlace(
  realPath: string,
  path: string,
  marker: Marker,
  known: ReadonlyMap<string, KnownFile>,
  beforeMove: () => void = () => {},
): Promise<void> {
  const working = join(realPath, WORKING_FOLDER);
  const { files, replaced } = marker;
  for (const [file, sha256] of Object.entries(replaced)) {
    if (file in files) continue;
    const found = await findAt(realPath, file, known.get(file));
    if (found.kind !== "file" || found.sha256 !== sha256) continue;
    await rm(join(realPath, file));
    await removeEmptied(realPath, file);
  }
  const names = Object.keys(files).filter((file) => file !== CHECKSUMS_FILE);
  const folders = new Set<string>([realPath]);
  for (const file of [...names, CHECKSUMS_FILE]) {
    beforeMove();
    await moveFile(realPath, path, file, marker, known.get(file));
    folders.add(dirname(join(realPath, file)));
  }
  for (const folder of folders) await flush(folder);
  for (const name of await readdir(working)) {
    if (name !== MARKER_FILE) await rm(join(working, name), { recursive: true, force: true });
  }
  await rm(join(working, MARKER_FILE));
  await rmdir(working);
}

async function moveFile(
  realPath: string,
  path: string,
  file: string,
  { files, replaced }: Marker,
  known: KnownFile | undefined,
): Promise<void> {
  const staged = join(realPath, WORKING_FOLDER, "staging", file);
  const found = await findAt(realPath, file, known);
  if ((await stat(staged).catch(() => null)) === null) {
    if (found.kind === "file" && found.sha256 === files[file]) return;
    throw new UsageError(
      `${path}: ${JSON.stringify(file)} of the new dataset disappeared while being moved into place. Build it again into another --out.`,
    );
  }
  if (found.kind === "other") throw obstacleError(path, found.at);
  if (found.kind === "file" && found.sha256 !== replaced[file] && found.sha256 !== files[file]) {
    throw obstacleError(path, file);
  }
  await mkdir(dirname(join(realPath, file)), { recursive: true });
  await rename(staged, join(realPath, file));
}

/** Removes the folders that a file of ours was in, as far as nothing else is in them. */
async function removeEmptied(realPath: string, file: string): Promise<void> {
  for (let folder = dirname(file); folder !== "."; folder = dirname(folder)) {
    const isEmptied = await rmdir(join(realPath, folder)).then(
      () => true,
      () => false,
    );
    if (!isEmptied) return;
  }
}

function parseMarker(text: string): Marker | null {
  let marker: Partial<Marker> | null;
  try {
    marker = JSON.parse(text) as Partial<Marker> | null;
  } catch {
    return null;
  }
  if (marker?.schema !== MARKER_SCHEMA || typeof marker.settings !== "string") return null;
  return isFileList(marker.files) && isFileList(marker.replaced) ? (marker as Marker) : null;
}

function isFileList(value: unknown): value is Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([file, sha256]) => isOurPlace(file) && typeof sha256 === "string");
}

/**
 * Flushes every file and folder below a folder to the disk: after a power cut a renamed file must not be an empty one.
 */
async function flushFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  const limit = pLimit(FLUSHES_AT_A_TIME);
  await limit.map([...paths, folder], flush);
}

async function flush(path: string): Promise<void> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    // Windows opens no folders.
    if (error.code === "EISDIR" || error.code === "EPERM") return null;
    throw error;
  });
  try {
    await file?.sync();
  } catch (error) {
    // Not every file system can flush folders (EINVAL).
    if (!["EINVAL", "ENOTSUP", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await file?.close();
  }
}

/** Writes a file that is whole under its name even after a power cut. */
async function writeFlushed(path: string, text: string): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
  await flush(dirname(path));
}

/**
 * Links a kept file, so that the kept results stay whole until the build is done, and no byte is written twice where
 * the disk can link.
 */
export function placeFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Some file systems cannot link (exFAT, some network disks).
    copyFileSync(from, to);
  }
}
