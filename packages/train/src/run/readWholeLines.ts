import { readFile } from "node:fs/promises";
import { fileError } from "@vsi/dataset/node";

/**
 * The lines of a log that was appended to, without what stands behind the last line end: a process that was killed while
 * it wrote leaves a part of a line there. None when there is no file.
 *
 * @throws DatasetError as in fileError.
 */
export async function readWholeLines(path: string): Promise<string[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw fileError(error, path, "a log to read");
  });
  return text.split("\n").slice(0, -1);
}
