import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import {
  checkArguments,
  checkRecord,
  FUNCTION,
  fields,
  type OptionKinds,
  optional,
  PATH,
  SWITCH,
  TEXT,
  TEXTS,
} from "@vsi/dataset/internal";
import { makeFolder } from "@vsi/dataset/internal/node";
import { CHECKSUMS_FILE, readChecksums, writeFileAtomically } from "@vsi/dataset/node";
import { UsageError } from "../errors.ts";
import { checkOutsideDatasets } from "./datasetAround.ts";
import { checkUnlocked, type FolderLock, lockFolder, lockHolder } from "./lock.ts";
import {
  countedEntries,
  findAt,
  isOurPlace,
  type KnownFile,
  LOCK_FILE,
  obstacleError,
  quoted,
  realPathOf,
  WORKING_FOLDER,
} from "./ownership.ts";
import { finishPublishing, isPublishing, MARKER_FILE, type OutputFolder, pendingPublication } from "./publish.ts";

/** In the working folder: who began the work, and with which settings. */
const SETTINGS_FILE = "settings.json";

const WORK_SCHEMA = "vsi-work/1";

/** How a finished folder is known to be ours: SHA256SUMS, and a JSON file with a schema. */
export interface FolderIdentity {
  /** "manifest.json" */
  file: string;
  /** "vsi-dataset/1" */
  schema: string;
  /** What to call such a folder: "dataset". */
  noun: string;
}

/** Whose folder it is, and what may become of what stands in it. */
export interface OutputFolderOptions {
  /** Who writes it, as the user typed it: "vsi-build". */
  command: string;
  /** What names the folder on the command line. */
  argument?: string;
  identity: FolderIdentity;
  /** Go on with interrupted work of the same settings. */
  resume: boolean;
  /** Replace a finished folder of ours, or begin again what was interrupted. */
  overwrite: boolean;
  /**
   * With `resume` and a finished folder: what the command reports when it is what it would make; null when it is not.
   */
  isDone?: (realPath: string) => Promise<unknown>;
  /** Whether what a marker holds as the command's report is one; any is without it. */
  isReport?: (report: unknown) => boolean;
  /** Whether interrupted work keeps nothing worth a `--resume`: the same command then simply begins again. */
  beginsAgain?: boolean;
  /** What decides the result, as text: interrupted work is only gone on with while it is the same. */
  settings: string;
  /** Paths that are about to be written, as far as they are known: what is in their way is said before any work. */
  firstFiles: readonly string[];
}

const OUTPUT_FOLDER_KINDS: OptionKinds<OutputFolderOptions> = {
  command: TEXT,
  argument: optional(TEXT),
  identity: fields({ file: TEXT, schema: TEXT, noun: TEXT }),
  resume: SWITCH,
  overwrite: SWITCH,
  isDone: optional(FUNCTION),
  isReport: optional(FUNCTION),
  beginsAgain: optional(SWITCH),
  settings: TEXT,
  firstFiles: TEXTS,
};

/**
 * Claims a folder for a command and prepares it, touching nothing that is not proven to be ours. A publication that was
 * interrupted is finished first.
 *
 * | the folder holds | without a flag | --resume | --overwrite |
 * | --- | --- | --- | --- |
 * | nothing, or what git and the hub put there | begin | begin | begin |
 * | interrupted work, same settings | refuse | go on | begin again |
 * | interrupted work, other settings | refuse | refuse | begin again |
 * | a finished one of ours | refuse | nothing left to do, or refuse | replace |
 * | anything else | refuse | refuse | refuse |
 *
 * @throws UsageError for what is refused, naming it and the way out; DatasetError or the file system's error for what
 * can't be read or written; OptionsError for an option that does not exist or is of another kind.
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
 * const folder = await openOutputFolder("notes", { ...claim, firstFiles: ["manifest.json"] });
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
export async function openOutputFolder(path: string, options: OutputFolderOptions): Promise<OutputFolder> {
  checkArguments("openOutputFolder", { path: [path, PATH] });
  checkRecord(options, OUTPUT_FOLDER_KINDS, "openOutputFolder");
  await checkOutsideDatasets(options.argument ?? "--out", path, "folder", false);
  // Checked before locking too, so that someone else's folder does not even get a lock file. Work that somebody is at
  // looks like work that was interrupted: then the lock says who it is.
  if (lockHolder(path) === null) await checkTakeable(path, options);
  makeFolder(path);
  const lock = lockFolder(path, options.command);
  try {
    return await openLocked(path, options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openLocked(path: string, options: OutputFolderOptions, lock: FolderLock): Promise<OutputFolder> {
  const realPath = await realPathOf(path);
  const workingFolder = join(realPath, WORKING_FOLDER);
  const state = await checkTakeable(path, options);
  const base = { path, realPath, workingFolder, stagingFolder: join(workingFolder, "staging"), lock };
  const common = { ...base, settings: options.settings, command: options.command, release: lock.release };
  if (state === "publishing") {
    const { report, settings } = await finishPublishing(realPath, path);
    const isOurs = settings === options.settings && (options.isReport?.(report) ?? true);
    if (isOurs) return { ...common, ours: new Map(), finished: report };
    // The interrupted publication is now finished: a finished folder like any other.
    return openLocked(path, options, lock);
  }
  const { ours, finished } = await checkContent({ path, realPath, state }, options);
  if (finished !== undefined) return { ...common, ours, finished };
  if (state === "interrupted" && !options.resume) await rm(workingFolder, { recursive: true });
  await mkdir(workingFolder, { recursive: true });
  const record = { schema: WORK_SCHEMA, command: options.command, settings: options.settings };
  await writeFileAtomically(join(workingFolder, SETTINGS_FILE), `${JSON.stringify(record)}\n`);
  return { ...common, ours, finished: undefined };
}

/** What openOutputFolder does with a folder: "nothing" where it holds what would be made, "finish" where only the move into place is left. */
export type FolderAction = "make" | "fill" | "continue" | "begin again" | "replace" | "finish" | "nothing";

/**
 * What openOutputFolder would do with a folder, which stays as it is.
 *
 * @throws as openOutputFolder, but for what only writing shows, such as a full disk.
 */
export async function planOutputFolder(path: string, options: OutputFolderOptions): Promise<FolderAction> {
  await checkOutsideDatasets(options.argument ?? "--out", path, "folder", false);
  checkUnlocked(path);
  const state = await checkTakeable(path, options);
  const realPath = await realPathOf(path);
  if (state === "publishing") {
    const { report, settings } = await pendingPublication(realPath, path);
    if (settings === options.settings && (options.isReport?.(report) ?? true)) return "finish";
    // Once it is in its place it is a finished folder like any other, of other settings.
    if (!options.overwrite) throw finishedError(path, options);
    return "replace";
  }
  const { finished } = await checkContent({ path, realPath, state }, options);
  if (finished !== undefined) return "nothing";
  if (state === "finished") return "replace";
  if (state === "interrupted") return options.resume ? "continue" : "begin again";
  return existsSync(realPath) ? "fill" : "make";
}

type FolderState = "new" | "interrupted" | "publishing" | "finished";

/**
 * Looks at the files of a folder that may be taken.
 *
 * @returns what is ours there, and what is to be reported where nothing is left to do.
 * @throws UsageError for a finished folder of another result, and for what is in the way.
 */
async function checkContent(
  { path, realPath, state }: { path: string; realPath: string; state: FolderState },
  options: OutputFolderOptions,
): Promise<Pick<OutputFolder, "ours" | "finished">> {
  if (state === "finished" && !options.overwrite) {
    const report = await options.isDone?.(realPath);
    if (report === undefined || report === null) throw finishedError(path, options, true);
    const ours = await provenOurs(realPath, options.identity);
    const changed = [...(await readChecksums(realPath)).keys()].find((file) => !ours.has(file));
    if (changed !== undefined) throw changedError(path, changed, options);
    return { ours, finished: report };
  }
  const ours = await provenOurs(realPath, options.identity);
  await checkNothingInTheWay({ path, realPath, ours }, options.firstFiles);
  return { ours, finished: undefined };
}

/** @throws UsageError when the flags do not allow what has to be done, or the folder is somebody else's. */
async function checkTakeable(path: string, options: OutputFolderOptions): Promise<FolderState> {
  const entries = await listCounted(path, options);
  const { noun } = options.identity;
  if (entries.includes(WORKING_FOLDER)) {
    await checkWorkingFolder(path, options);
    if (await isPublishing(path)) return "publishing";
    if (await hasWork(path)) {
      await checkInterrupted(path, options);
      return "interrupted";
    }
  }
  const others = entries.filter((name) => name !== WORKING_FOLDER);
  if (others.length === 0) return "new";
  if (!(await isFinished(path, options.identity))) {
    const named = `${others.slice(0, 3).map(quoted).join(", ")}${others.length > 3 ? ", ..." : ""}`;
    throw new UsageError(
      `${options.argument ?? "--out"} ${path}: holds other files (${named}), expected a new or empty folder, or a ${noun} that ${options.command} wrote. ` +
        "Choose another folder; nothing was touched.",
    );
  }
  // Whether it is the one that --resume would make is seen once the folder is locked.
  const mayBeDone = options.resume && options.isDone !== undefined;
  if (!options.overwrite && !mayBeDone) throw finishedError(path, options);
  return "finished";
}

function changedError(path: string, file: string, { argument = "--out", identity }: OutputFolderOptions): UsageError {
  return new UsageError(
    `${argument} ${path}: ${quoted(file)} of the finished ${identity.noun} is missing or does not match SHA256SUMS. Restore it, or build again with --overwrite.`,
  );
}

/** @param isOther whether it is known not to be what --resume would make. */
function finishedError(
  path: string,
  { argument = "--out", identity }: OutputFolderOptions,
  isOther = false,
): UsageError {
  const which = isOther ? ", but not of these settings, scans and versions" : "";
  return new UsageError(
    `${argument} ${path}: holds a finished ${identity.noun}${which}. Choose another folder with ${argument}, or add --overwrite to replace it.`,
  );
}

/** The relevant entries; none when the folder does not exist yet. */
async function listCounted(path: string, options: OutputFolderOptions): Promise<string[]> {
  const entry = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    if (error.code !== "ENOTDIR") throw error;
    throw notFolderError(path, options);
  });
  if (entry === null) return [];
  if (!entry.isDirectory()) throw notFolderError(path, options);
  return (await countedEntries(path)).filter((name) => !name.startsWith(LOCK_FILE));
}

function notFolderError(path: string, { argument = "--out" }: OutputFolderOptions): UsageError {
  return new UsageError(`${argument} ${path}: is a file, expected a folder. Choose another folder.`);
}

async function checkWorkingFolder(path: string, options: OutputFolderOptions): Promise<void> {
  const shown = `${options.argument ?? "--out"} ${path}: ${WORKING_FOLDER}`;
  const elsewhere = "Move it away, or choose another folder; nothing was touched.";
  const working = join(path, WORKING_FOLDER);
  const entry = await lstat(working);
  if (!entry.isDirectory()) {
    throw new UsageError(
      `${shown} is ${entry.isSymbolicLink() ? "a link" : "a file"}, expected a folder of interrupted work. ${elsewhere}`,
    );
  }
  const foreign = (await readdir(working)).find((name) => !isWorkName(name));
  if (foreign !== undefined) {
    throw new UsageError(`${shown} holds ${quoted(foreign)}, which none of our commands writes. ${elsewhere}`);
  }
  // A link would lead out of the folder, and reading a pipe would block.
  const strange = (await readdir(working, { recursive: true, withFileTypes: true })).find(
    (inner) => !inner.isFile() && !inner.isDirectory(),
  );
  if (strange === undefined) return;
  const place = relative(working, join(strange.parentPath, strange.name));
  throw new UsageError(
    `${shown} holds ${quoted(place)}, a link, pipe or device, which none of our commands creates. ${elsewhere}`,
  );
}

/** What the commands keep in a working folder; of 0.1 also "owned.json". */
const WORK_NAMES = new Set([
  SETTINGS_FILE,
  MARKER_FILE,
  "owned.json",
  "staging",
  "results",
  "rejects",
  "scenes",
  "frames",
  "videos",
]);

function isWorkName(name: string): boolean {
  return WORK_NAMES.has(name.replace(/\.partial$/, ""));
}

/**
 * A process can be killed between making the working folder and noting its settings: then there is nothing in it yet.
 */
async function hasWork(path: string): Promise<boolean> {
  const names = await countedEntries(join(path, WORKING_FOLDER));
  return names.some((name) => !name.startsWith(SETTINGS_FILE) || name === SETTINGS_FILE);
}

async function checkInterrupted(path: string, options: OutputFolderOptions): Promise<void> {
  if (options.overwrite) return;
  const kept = await readWork(path);
  if (options.beginsAgain === true && kept?.settings === options.settings) return;
  if (!options.resume) {
    throw new UsageError(
      options.beginsAgain === true
        ? `${options.argument ?? "--out"} ${path}: holds work of ${quoted(kept?.command ?? "another version")} that was interrupted. Finish it with the same command, or add --overwrite to start over.`
        : `${options.argument ?? "--out"} ${path}: holds an interrupted build. Add --resume to continue it, or --overwrite to start over.`,
    );
  }
  if (kept?.settings === options.settings) return;
  throw new UsageError(
    `--resume: ${path} was started with other settings.\n  then: ${quoted(kept?.settings ?? "those of another version")}\n  now:  ${options.settings}\n` +
      "Use the same flags, or start over with --overwrite.",
  );
}

/** Null for another version's work, or a truncated file. */
async function readWork(path: string): Promise<{ command: string; settings: string } | null> {
  try {
    const record = JSON.parse(await readFile(join(path, WORKING_FOLDER, SETTINGS_FILE), "utf8")) as Record<
      string,
      unknown
    >;
    const { schema, command, settings } = record;
    if (schema !== WORK_SCHEMA || typeof command !== "string" || typeof settings !== "string") return null;
    return { command, settings };
  } catch {
    return null;
  }
}

async function isFinished(path: string, { file, schema }: FolderIdentity): Promise<boolean> {
  const sums = await lstat(join(path, CHECKSUMS_FILE)).catch(() => null);
  if (sums === null || !sums.isFile()) return false;
  const identity = await lstat(join(path, file)).catch(() => null);
  if (identity === null || !identity.isFile()) return false;
  try {
    const record = JSON.parse(await readFile(join(path, file), "utf8")) as { schema?: unknown } | null;
    return record?.schema === schema;
  } catch {
    return false;
  }
}

/**
 * The files that a finished folder's SHA256SUMS lists and that still are what it says. Anything changed since, behind a
 * link, or not listed belongs to someone else.
 */
async function provenOurs(realPath: string, identity: FolderIdentity): Promise<Map<string, KnownFile>> {
  const ours = new Map<string, KnownFile>();
  if (!(await isFinished(realPath, identity))) return ours;
  for (const [file, sha256] of await readChecksums(realPath)) {
    if (!isOurPlace(file)) continue;
    const found = await findAt(realPath, file);
    if (found.kind === "file" && found.sha256 === sha256) ours.set(file, found);
  }
  const sums = await findAt(realPath, CHECKSUMS_FILE);
  if (sums.kind === "file") ours.set(CHECKSUMS_FILE, sums);
  return ours;
}

/**
 * @throws UsageError naming the first of `files` that exists and is not proven to be ours.
 */
async function checkNothingInTheWay(
  { path, realPath, ours }: Pick<OutputFolder, "path" | "realPath" | "ours">,
  files: readonly string[],
): Promise<void> {
  for (const file of files) {
    if (ours.has(file)) continue;
    const found = await findAt(realPath, file);
    if (found.kind !== "nothing") throw obstacleError(path, found.kind === "other" ? found.at : file);
  }
}
