import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Lock, takeLock } from "@vsi/command";
import { fileError } from "@vsi/dataset/node";
import { TrainError } from "../errors.ts";

/**
 * Keeps other processes from writing to the same folder at the same time, by a file beside it (the folder itself may be
 * removed and made again).
 *
 * @returns the unlocking.
 * @throws TrainError "folder-locked" with the other process's number and machine, DatasetError as in fileError.
 */
export function lockFolder(folder: string): () => void {
  const path = `${resolve(folder)}.lock`;
  const { unlock, owner } = makeAndLock(path);
  if (unlock !== undefined) return unlock;
  throw new TrainError("folder-locked", {
    file: folder,
    place: `its lock ${path}`,
    got: `${owner}, which is writing to it`,
    expected: "no other vsi-train at work there",
    advice: "Wait until it is done, or stop it. Should it be dead, remove the lock.",
  });
}

function makeAndLock(path: string): Lock {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return takeLock(path);
  } catch (error) {
    throw fileError(error, path, "a file to write");
  }
}
