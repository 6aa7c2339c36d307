import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MANIFEST_SCHEMA } from "@vsi/dataset";
import { UsageError } from "../errors.ts";
import { realPathOf } from "./ownership.ts";

/**
 * Refuses to write into a dataset folder, where SHA256SUMS lists every file and verify calls any other one a problem.
 * Links are followed, and folders that are not there yet are the ones that would be made.
 *
 * @param argument what names the path on the command line: "--html".
 * @param path a file or folder to write.
 * @param noun what to choose instead: "file" or "folder".
 * @param itself whether a `path` that is a dataset is refused too: a command that replaces datasets says more about it.
 * @throws UsageError naming the dataset, or for a file where a folder is to be written.
 */
export async function checkOutsideDatasets(
  argument: string,
  path: string,
  noun: "file" | "folder",
  itself = true,
): Promise<void> {
  if (noun === "folder") await checkIsNoFile(argument, path);
  // A path that the disk refuses is refused by whoever writes there, who says why.
  const real = await realPathOf(path).catch(() => null);
  if (real === null) return;
  for (let folder = itself ? real : dirname(real); ; folder = dirname(folder)) {
    if (await isDatasetFolder(folder)) {
      const where = folder === real ? "is a dataset" : `is inside the dataset ${folder}`;
      throw new UsageError(
        `${argument} ${path}: ${where}, where SHA256SUMS lists every file. Choose a ${noun} elsewhere; nothing was touched.`,
      );
    }
    if (dirname(folder) === folder) return;
  }
}

async function checkIsNoFile(argument: string, path: string): Promise<void> {
  const isFile = await stat(path).then(
    (found) => !found.isDirectory(),
    // A folder above it is a file.
    (error: NodeJS.ErrnoException) => error.code === "ENOTDIR",
  );
  if (!isFile) return;
  throw new UsageError(`${argument} ${path}: got a file, expected a folder. Choose another one; nothing was touched.`);
}

/**
 * Refuses to write among raw scans, which are somebody's download.
 *
 * @throws UsageError naming the folder.
 */
export async function checkNotRawScans(argument: string, path: string): Promise<void> {
  const real = await realPathOf(path).catch(() => path);
  const names = await readdir(real).catch((): string[] => []);
  const isOfScans = isScan(basename(real)) || names.includes("samples.json") || names.some(isScan);
  if (!isOfScans && !(await hasScans(join(real, "scans")))) return;
  throw new UsageError(
    `${argument} ${path}: holds raw scans, expected a new or empty folder. Choose a folder elsewhere; nothing was touched.`,
  );
}

/** Whether a folder is a dataset: by the schema in its manifest, as many a web page has a manifest.json. */
async function isDatasetFolder(folder: string): Promise<boolean> {
  try {
    const manifest = join(folder, "manifest.json");
    if (!(await lstat(manifest)).isFile()) return false;
    const record = JSON.parse(await readFile(manifest, "utf8")) as { schema?: unknown } | null;
    return record?.schema === MANIFEST_SCHEMA;
  } catch {
    return false;
  }
}

/** Whether a folder holds the folders of ScanNet scans. */
export async function hasScans(path: string): Promise<boolean> {
  return (await readdir(path).catch((): string[] => [])).some(isScan);
}

/** Whether a name is a ScanNet scan's. */
export function isScan(name: string): boolean {
  return /^scene\d{4,5}_\d{2}$/.test(name);
}
