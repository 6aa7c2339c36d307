import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CHECKSUMS_FILE } from "@vsi/dataset/node";
import { checkNothingInTheWay, type OutputFolder, recordOwned, WORKING_FOLDER } from "./outputFolder.ts";

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
  await rm(join(folder.path, WORKING_FOLDER), { recursive: true });
}

async function move(folder: OutputFolder, file: string): Promise<void> {
  await mkdir(dirname(join(folder.path, file)), { recursive: true });
  await rename(join(folder.stagingFolder, file), join(folder.path, file));
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
