import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A disk in memory, of a size that can be changed. */
export interface SmallDisk {
  resize(kilobytes: number): Promise<void>;
  remove(): Promise<void>;
}

/** Mounts a disk at a new folder; null where that is not permitted (it takes root, on Linux). */
export async function mountSmallDisk(folder: string, kilobytes: number): Promise<SmallDisk | null> {
  await mkdir(folder);
  try {
    await run("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder]);
  } catch {
    return null;
  }
  return {
    async resize(size) {
      await run("mount", ["-o", `remount,size=${size}k`, folder]);
    },
    async remove() {
      await run("umount", [folder]);
    },
  };
}
