import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** The bytes of all files below a folder; links count as links. @throws the file system's error. */
export async function folderSize(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? await folderSize(path) : (await lstat(path)).size;
  }
  return bytes;
}
