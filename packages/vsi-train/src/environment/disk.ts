import { lstat, readdir, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Free bytes for this user on the disk of a path, which need not exist yet; null when unknown. */
export async function freeSpace(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    const parent = dirname(path);
    return parent === path ? null : freeSpace(parent);
  }
}

/** The bytes of all files below a folder; links count as links. @throws the file system's error. */
export async function folderSize(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? await folderSize(path) : (await lstat(path)).size;
  }
  return bytes;
}

/** The decimal units that disks are sold in. */
const UNITS = ["kB", "MB", "GB", "TB"];

/** "1.5 GB", "23 MB": two digits are enough to decide by. */
export function formatBytes(bytes: number): string {
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
