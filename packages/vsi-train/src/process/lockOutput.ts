import { rmdirSync } from "node:fs";
import { resolve } from "node:path";
import { type FolderLock, lockFolder, UsageError } from "@vsi/command";
import { clearOldLock } from "@vsi/command/internal";
import { fileError, makeFolder } from "@vsi/dataset/internal/node";

/**
 * Creates a folder and locks it against other processes, including version 0.1, whose lock is beside the folder. A
 * folder that it created and that is still empty at the release, as after an error, is removed again.
 *
 * @param command what to call this process to the other: "vsi-train grpo".
 * @throws UsageError naming the other process and since when it is there, DatasetError as in fileError.
 */
export function lockOutput(folder: string, command: string): FolderLock {
  try {
    clearOldLock(`${resolve(folder)}.lock`);
    const isNew = makeFolder(folder);
    const lock = lockFolder(folder, command);
    return isNew ? { lost: lock.lost, release: () => releaseNew(folder, lock) } : lock;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw fileError(error, folder, "a folder to write to");
  }
}

function releaseNew(folder: string, lock: FolderLock): void {
  lock.release();
  try {
    rmdirSync(folder);
  } catch {
    // It holds something, as it should.
  }
}
