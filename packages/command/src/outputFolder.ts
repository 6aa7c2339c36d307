import { copyFile, link, lstat, mkdir, readdir, readFile, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MANIFEST_SCHEMA } from "@vsi/dataset";
import { CHECKSUMS_FILE, DatasetError, hashFile, readChecksums, writeFileAtomically } from "@vsi/dataset/node";
import { UsageError } from "./errors.ts";

/** Everything that is not yet dataset lives in this folder of the output folder; it is gone when a build is done. */
export const WORKING_FOLDER = ".vsi-build";

/** In the working folder: the settings that the kept results were made with. */
const SETTINGS_FILE = "settings.json";

/** In the working folder: the paths of the dataset that this command wrote, or is about to. */
const OWNED_FILE = "owned.json";

const MANIFEST_FILE = "manifest.json";

/** The files that every dataset folder has. */
const DATASET_FILES = [
  "README.md",
  "croissant.json",
  MANIFEST_FILE,
  CHECKSUMS_FILE,
  "rejects.jsonl",
  "data/train.jsonl",
  "data/validation.jsonl",
  "data/test.jsonl",
];

export interface OutputFolder {
  path: string;
  /** What is kept until the dataset is done; gone after `publish`. */
  workingFolder: string;
  /** The dataset is assembled here before it is moved into place. */
  stagingFolder: string;
  /** POSIX paths, relative to `path`, that an earlier build wrote. */
  owned: Set<string>;
}

interface OpenOutputFolderOptions {
  resume: boolean;
  overwrite: boolean;
  /** Paths below the folder that this build will write, besides the files every dataset has. */
  firstFiles: readonly string[];
  /** Folders to make below the working folder, for results that --resume takes up again. */
  keep?: readonly string[];
  /** Results are kept across --resume only while this text is the same. */
  settings: string;
}

/**
 * Makes the output folder ready for a build without touching anything that vsi-build did not write.
 *
 * @throws UsageError when the folder holds something else, a finished dataset, or an interrupted build, and the flags do
 * not say what to do with it.
 */
export async function openOutputFolder(path: string, options: OpenOutputFolderOptions): Promise<OutputFolder> {
  const working = join(path, WORKING_FOLDER);
  const entries = await listFolder(path);
  const interrupted = entries.includes(WORKING_FOLDER);
  const finished = !interrupted && entries.includes(CHECKSUMS_FILE);
  if (interrupted) await checkInterrupted(path, options);
  else if (finished && !options.overwrite) {
    throw new UsageError(
      `--out ${path}: holds a finished dataset. Choose another folder with --out, or add --overwrite to replace it.`,
    );
  } else if (!finished && entries.length > 0 && !options.overwrite) {
    throw new UsageError(
      `--out ${path}: holds something else (${entries.slice(0, 3).join(", ")}${entries.length > 3 ? ", ..." : ""}). ` +
        "Choose an empty or new folder with --out; with --overwrite the dataset is written beside it, and nothing of it is deleted.",
    );
  }
  if (finished) await checkOurs(path);
  const owned = interrupted ? await readOwned(working) : finished ? await readFinished(path) : new Set<string>();
  await checkNothingInTheWay(path, [...DATASET_FILES, ...options.firstFiles], owned);
  // What an interrupted build kept is dropped only on --overwrite; the dataset's own files stay until new ones replace them.
  if (interrupted && options.overwrite) await rm(working, { recursive: true });
  for (const name of options.keep ?? []) await mkdir(join(working, name), { recursive: true });
  await mkdir(working, { recursive: true });
  const folder: OutputFolder = { path, workingFolder: working, stagingFolder: join(working, "staging"), owned };
  await recordOwned(folder, owned);
  await writeFileAtomically(join(working, SETTINGS_FILE), options.settings);
  return folder;
}

/** The entries of a folder; none when it is not there yet. */
async function listFolder(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") throw new UsageError(`--out ${path}: is a file, expected a folder. Choose another --out.`);
    throw error;
  }
}

async function checkInterrupted(path: string, options: OpenOutputFolderOptions): Promise<void> {
  if (options.overwrite) return;
  if (!options.resume) {
    throw new UsageError(
      `--out ${path}: holds a build that was interrupted. Add --resume to go on with it, or --overwrite to start again.`,
    );
  }
  const kept = await readFile(join(path, WORKING_FOLDER, SETTINGS_FILE), "utf8").catch(() => null);
  // Without the file the build was killed before its first scan: there is nothing that could disagree.
  if (kept !== null && kept !== options.settings) {
    throw new UsageError(
      `--resume: ${path} was begun with other settings.\n  then: ${kept}\n  now:  ${options.settings}\nGive the same flags, or start again with --overwrite.`,
    );
  }
}

/** A SHA256SUMS alone may be anybody's: only a dataset of ours may be replaced. */
async function checkOurs(path: string): Promise<void> {
  const manifest = await readFile(join(path, MANIFEST_FILE), "utf8").catch(() => "");
  if (manifest.includes(`"schema": "${MANIFEST_SCHEMA}"`)) return;
  throw new UsageError(
    `--out ${path}: holds a ${CHECKSUMS_FILE} but no ${MANIFEST_FILE} of vsi-build, so it is somebody else's. Choose another --out; nothing was touched.`,
  );
}

async function readOwned(working: string): Promise<Set<string>> {
  const text = await readFile(join(working, OWNED_FILE), "utf8").catch(() => "[]");
  return new Set(JSON.parse(text) as string[]);
}

/** The files of a finished dataset, once it is sure that they are still what was written. A file that has gone may come back. */
async function readFinished(path: string): Promise<Set<string>> {
  const owned = new Set<string>([CHECKSUMS_FILE]);
  for (const [file, checksum] of await readChecksums(path)) {
    const found = await hashIfThere(join(path, file));
    if (found !== null && found !== checksum) {
      throw new UsageError(
        `--overwrite: ${path}/${file} was changed after it was built (its checksum differs). Move it away or choose another --out; nothing was touched.`,
      );
    }
    owned.add(file);
  }
  return owned;
}

/** The sha256 of a file, "" for what can't be read as one (a folder in its place), null when nothing is there. */
async function hashIfThere(path: string): Promise<string | null> {
  return hashFile(path).catch((error: unknown) =>
    error instanceof DatasetError && error.code === "file-missing" ? null : "",
  );
}

/**
 * Moves the assembled dataset into place: the checksums last, so that a folder with SHA256SUMS is complete.
 * Files of an earlier dataset that the new one does not have are removed; what others put there is not touched.
 * @throws UsageError when somebody else's file stands where one of ours must go.
 */
export async function publish(folder: OutputFolder): Promise<void> {
  const files = await listFiles(folder.stagingFolder);
  await checkNothingInTheWay(folder.path, files, folder.owned);
  const staged = new Set(files);
  await recordOwned(folder, new Set([...folder.owned, ...staged]));
  await rm(join(folder.path, CHECKSUMS_FILE), { force: true });
  for (const file of folder.owned) {
    if (staged.has(file)) continue;
    await rm(join(folder.path, file), { force: true });
    await rmdir(dirname(join(folder.path, file))).catch(() => {}); // Only goes when it is empty.
  }
  for (const file of files.filter((name) => name !== CHECKSUMS_FILE)) await move(folder, file);
  await move(folder, CHECKSUMS_FILE);
  await rm(folder.workingFolder, { recursive: true });
}

/** POSIX paths of all files below a folder, sorted. */
async function listFiles(root: string, below = ""): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) files.push(...(await listFiles(root, path)));
    else files.push(path);
  }
  return files.sort();
}

/** @throws UsageError naming the first of `files` that exists and was not written by vsi-build. */
async function checkNothingInTheWay(path: string, files: readonly string[], owned: ReadonlySet<string>): Promise<void> {
  for (const file of files) {
    if (owned.has(file)) continue;
    const obstacle = await findObstacle(path, file);
    if (obstacle === null) continue;
    throw new UsageError(
      `--out ${path}: ${obstacle} is in the way and was not written by vsi-build. Move it away, or choose another --out; nothing was touched.`,
    );
  }
}

/** What keeps `file` from being written: itself, a dangling link of its name too, or a file where its folder must be. */
async function findObstacle(path: string, file: string): Promise<string | null> {
  const steps = file.split("/");
  for (let depth = 1; depth < steps.length; depth += 1) {
    const parent = steps.slice(0, depth).join("/");
    if ((await lstat(join(path, parent)).catch(() => null)) === null) return null;
    if (!(await stat(join(path, parent)).catch(() => null))?.isDirectory()) return parent;
  }
  return (await lstat(join(path, file)).catch(() => null)) === null ? null : file;
}

/** Notes which paths are about to be written, so that a build that is killed while publishing still knows its own files. */
async function recordOwned(folder: OutputFolder, owned: ReadonlySet<string>): Promise<void> {
  await writeFileAtomically(join(folder.workingFolder, OWNED_FILE), JSON.stringify([...owned].sort()));
}

async function move(folder: OutputFolder, file: string): Promise<void> {
  await mkdir(dirname(join(folder.path, file)), { recursive: true });
  await rename(join(folder.stagingFolder, file), join(folder.path, file));
}

/** Links a file, so that no byte is written twice where the disk can link; copies it elsewhere. */
export async function placeFile(from: string, to: string): Promise<void> {
  // Some file systems cannot link (exFAT, some network disks).
  await link(from, to).catch(() => copyFile(from, to));
}
