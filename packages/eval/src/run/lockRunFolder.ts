import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Lock, takeLock, UsageError } from "@vsi/command";
import { fileError } from "@vsi/dataset/node";

/** The file in a run's folder that says who is at work there. */
const LOCK_FILE = "run.lock";

/**
 * Makes a run's folder and keeps other processes out of it: two runs would ask everything twice and write into each other's files.
 *
 * @returns the unlocking.
 * @throws UsageError naming who is at work there, DatasetError as in fileError.
 */
export function lockRunFolder(out: string): () => void {
  const path = join(out, LOCK_FILE);
  const { unlock, owner } = makeAndLock(out, path);
  if (unlock !== undefined) return unlock;
  throw new UsageError(
    `--out ${out}: ${owner} is at work in it, expected no other vsi-eval run there. Wait until it is done, or choose another --out. Should it be dead, remove ${path}.`,
  );
}

function makeAndLock(out: string, path: string): Lock {
  try {
    mkdirSync(out, { recursive: true });
    return takeLock(path);
  } catch (error) {
    throw fileError(error, out, "a folder to write to");
  }
}
