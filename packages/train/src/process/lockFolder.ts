import { mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileError } from "@vsi/dataset/node";
import { TrainError } from "../trainError.ts";
import { sendSignal } from "./sendSignal.ts";

/**
 * Keeps other processes of this machine from writing to the same folder at the same time, by a file beside it (the folder
 * itself may be removed and made again). What a killed process left behind locks nobody out.
 *
 * @returns the unlocking.
 * @throws TrainError "folder-locked" with the other process's number, DatasetError as in fileError.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = `${resolve(folder)}.lock`;
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw fileError(error, dirname(path), "a folder to write to");
  });
  const unlock = (): Promise<void> => rm(path, { force: true });
  if (await take(path)) return unlock;
  const owner = Number.parseInt(await readFile(path, "utf8").catch(() => ""), 10);
  // Signal 0 is sent to nobody: it only tells whether somebody is there.
  if (owner > 0 && sendSignal(owner, 0)) throw lockedError(folder, owner);
  await unlock();
  if (await take(path)) return unlock;
  throw lockedError(folder, null);
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    await file.writeFile(`${process.pid}\n`);
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw fileError(error, path, "a file to write");
  }
}

function lockedError(folder: string, owner: number | null): TrainError {
  return new TrainError("folder-locked", {
    file: folder,
    place: "its lock",
    got: owner === null ? "another process" : `process ${owner}, which is writing to it`,
    expected: "no other vsi-train at work there",
    advice: "Wait until it is done, or stop it.",
  });
}
