import { statfs } from "node:fs/promises";
import { dirname } from "node:path";

/** The bytes that this user may still write on the disk of a path, which need not exist yet; null when no parent can be asked. */
export async function freeSpace(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    const parent = dirname(path);
    return parent === path ? null : freeSpace(parent);
  }
}
