import { rename, rm, writeFile } from "node:fs/promises";
import { fileError } from "./fileError.ts";
import { partialPath } from "./partialPath.ts";

/**
 * Writes a file so that under its name there is never a part of it: first as `<path>.partial`, then renamed. What stood
 * there is replaced. On failure the partial file is removed and the old one stays.
 * Nothing is flushed to the disk itself (fsync): a killed process loses nothing that was renamed, and a flush a file
 * would cost more than reading a scan; a power cut shows in SHA256SUMS. Two writers of one path at a time are an error.
 *
 * @param path the folder must exist.
 * @throws DatasetError as in fileError.
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const partial = partialPath(path);
  try {
    await writeFile(partial, content);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true, recursive: false }).catch(() => undefined);
    throw fileError(error, path, "a file to write");
  }
}
