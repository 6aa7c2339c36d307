import { resolve } from "node:path";
import { holdLock } from "@vsi/command";
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
  return holdLock(path, {
    file: path,
    expected: "a file to write",
    refuse: (owner) =>
      new TrainError("folder-locked", {
        file: folder,
        place: `its lock ${path}`,
        got: `${owner}, which is writing to it`,
        expected: "no other vsi-train at work there",
        advice: "Wait until it is done, or stop it. Should it be dead, remove the lock.",
      }),
  });
}
