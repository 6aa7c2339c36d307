import { open, readFile, rm } from "node:fs/promises";
import { fileError } from "@vsi/dataset/node";
import { sendSignal } from "../process/sendSignal.ts";
import { TrainError } from "../trainError.ts";

/**
 * Keeps other processes of this machine from making the same folder at the same time. What a killed process left behind
 * locks nobody out.
 *
 * @returns the unlocking.
 * @throws TrainError "setup-running" with the other process's number, DatasetError as in fileError.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = `${folder}.lock`;
  const unlock = (): Promise<void> => rm(path, { force: true });
  if (await take(path)) return unlock;
  const owner = Number.parseInt(await readFile(path, "utf8").catch(() => ""), 10);
  // Signal 0 is sent to nobody: it only tells whether somebody is there.
  if (owner > 0 && sendSignal(owner, 0)) throw runningError(folder, owner);
  await unlock();
  if (await take(path)) return unlock;
  throw runningError(folder, null);
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

function runningError(folder: string, owner: number | null): TrainError {
  return new TrainError("setup-running", {
    file: folder,
    place: "its lock",
    got: owner === null ? "another process" : `process ${owner}, which is making it`,
    expected: "no other vsi-train setup",
    advice: "Wait until it is done.",
  });
}
