import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { checkArguments, TEXT } from "@vsi/dataset/internal";
import { UsageError } from "../errors.ts";
import { lockHolder } from "./lock.ts";
import { isPublishing } from "./publish.ts";

/**
 * Refuses a dataset that is just being replaced, or whose replacement was interrupted: some of its files are the old
 * ones, some the new. Every command that reads a dataset folder asks this first.
 *
 * @param path a dataset folder; a file, a folder of anything else and nothing at all pass.
 * @throws UsageError saying what finishes it.
 *
 * @example
 * ```js
 * import { checkReadable } from "@vsi/command";
 *
 * await checkReadable("vsi-100k");
 * console.log("whole"); // whole
 * ```
 */
export async function checkReadable(path: string): Promise<void> {
  checkArguments("checkReadable", { path: [path, TEXT] });
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
      ? `${path}: its replacement was interrupted: files are partly old and partly new. Run the command that wrote it again; it finishes the replacement first.`
      : `${path}: is being replaced by ${holder}: files are partly old and partly new. Wait until it is done.`,
  );
}
