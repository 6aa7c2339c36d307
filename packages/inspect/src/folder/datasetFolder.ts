import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { checkReadable, UsageError } from "@vsi/command";
import { describeNoDataset, isOfGitOrHub, LOCK_FILE, type NoDataset, WORKING_FOLDER } from "@vsi/command/internal";
import type { DatasetSplit, Manifest } from "@vsi/dataset";
import { fileError, readRegularFile } from "@vsi/dataset/internal/node";
import { CHECKSUMS_FILE } from "@vsi/dataset/node";
import { validateManifest } from "@vsi/dataset/validate";

/**
 * Refuses a path that is not a finished dataset, judging by the names of its files; a missing file is not noticed.
 *
 * @throws UsageError for a wrong path, a folder of something else, a build that was interrupted.
 */
export async function checkDatasetFolder(path: string): Promise<void> {
  const names: string[] = await readdir(path).catch(() => []);
  await checkReadable(path);
  if (names.includes(WORKING_FOLDER) && !names.includes(CHECKSUMS_FILE)) {
    throw new UsageError(
      `${path}: got a running or interrupted build (${WORKING_FOLDER}), expected a finished dataset. Finish it by running the same vsi-build command with --resume.`,
    );
  }
  const found = await describeNoDataset(path);
  if (found !== null) throw noDatasetError(path, found);
}

/** For a path that is no dataset folder. */
export function noDatasetError(path: string, { got, advice }: NoDataset): UsageError {
  return new UsageError(`${path}: got ${got}, expected a dataset folder. ${advice}`);
}

/** The splits that a dataset may have, in the order of every table and file. */
export const DATASET_SPLITS: readonly DatasetSplit[] = ["train", "validation", "test"];

/**
 * The manifest of a dataset folder.
 * @throws UsageError when the folder is not a dataset or is just being replaced, DatasetError when its manifest breaks the schema.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  await checkReadable(folder);
  const found = await describeNoDataset(folder);
  if (found !== null) throw noDatasetError(folder, found);
  const file = join(folder, MANIFEST_FILE);
  const refuse = (got: string): never => {
    throw new UsageError(
      `${folder}: got ${got}, expected a dataset folder with its manifest.json. Download or build the dataset again.`,
    );
  };
  const text = await readRegularFile(file, file, "a manifest").catch(() => refuse("no readable manifest.json"));
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    refuse(`a manifest.json with the error "${(error as Error).message}"`);
  }
  validateManifest(manifest, { file });
  return manifest;
}

/**
 * The splits to look at: those asked for, else all that the dataset has.
 * @throws UsageError for a split that the dataset does not have.
 */
export function chooseSplits(manifest: Manifest, asked: readonly DatasetSplit[]): DatasetSplit[] {
  const there = DATASET_SPLITS.filter((split) => manifest.counts.questions[split] !== undefined);
  const missing = asked.find((split) => !there.includes(split));
  if (missing !== undefined) {
    throw new UsageError(`--split ${missing}: the dataset has ${there.join(" and ")}. Name one of these.`);
  }
  return asked.length === 0 ? there : there.filter((split) => asked.includes(split));
}

/**
 * POSIX paths of all files below a dataset folder, sorted by code units.
 *
 * @throws DatasetError as in fileError.
 */
export async function listDatasetFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw fileError(error, folder, "a dataset folder to read");
  });
  const pipe = entries.find((entry) => entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice());
  if (pipe !== undefined) {
    const place = join(pipe.parentPath, pipe.name);
    throw new UsageError(`${place}: got a pipe, socket or device, expected a file. Move it out of the dataset folder.`);
  }
  // A build's working folder and lock, and files that git and the hub keep in a clone, are not part of the dataset.
  const isWork = (path: string) => path.split("/")[0] === WORKING_FOLDER || path.startsWith(LOCK_FILE);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(folder, "x").length - 1)
        .replaceAll("\\", "/"),
    )
    .filter((path) => !isWork(path) && !isOfGitOrHub(path))
    .sort();
}

/** What the dataset was made from; in the dataset folder. */
export const MANIFEST_FILE = "manifest.json";

/** Scans and candidates that were left out; in the dataset folder. */
export const REJECTS_FILE = "rejects.jsonl";

/** A scene's facts, relative to the dataset folder. */
export function sceneFile(sceneName: string): string {
  return `scenes/${sceneName}.json`;
}

/** A split's questions, relative to the dataset folder. */
export function splitFile(split: string): string {
  return `data/${split}.jsonl`;
}

/** The split of a file of questions; null for any other path. */
export function splitOfFile(path: string): string | null {
  return /^data\/([^/]+)\.jsonl$/.exec(path)?.[1] ?? null;
}
