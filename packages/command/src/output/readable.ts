import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { lockHolder } from "./lock.ts";
import { isPublishing } from "./publish.ts";

/**
 * Refuses a dataset that is just being replaced, or whose replacement was interrupted: some of its files are the old
 * ones, some the new. Every command that reads a dataset folder asks this first.
 *
 * @param path a dataset folder; a file, a folder of anything else and nothing at all pass.
 * @throws UsageError saying what finishes it.
 */
export async function checkReadable(path: string): Promise<void> {
  const manifest = await lstat(join(path, "manifest.json")).catch(() => null);
  if (manifest !== null && !manifest.isFile()) {
    throw new UsageError(
      `${path}/manifest.json: got a folder, link, pipe or device, expected a file. Give a dataset folder that vsi-build wrote.`,
    );
  }
  if (!(await isPublishing(path))) return;
  const holder = lockHolder(path);
  throw new UsageError(
    holder === null
      ? `${path}: its replacement was interrupted, and its files are partly old and partly new; expected a whole dataset. Run the command that wrote it once more: it finishes the folder first.`
      : `${path}: is being replaced by ${holder} and its files are partly old and partly new; expected a whole dataset. Wait until it is done.`,
  );
}
