import type { FileHandle } from "node:fs/promises";
import { toFileError } from "./fileError.ts";
import { openRegularFile } from "./openRegularFile.ts";

/**
 * Opens a file, lets `read` have it with its size in bytes, and closes it.
 *
 * @param file The file's name in messages.
 * @throws GeometryError with the codes of `openRegularFile`, and what `read` throws.
 */
export async function openScanFile<T>(
  path: string,
  file: string,
  read: (handle: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  const { handle, size } = await openRegularFile(path, file);
  try {
    return await read(handle, size);
  } catch (error) {
    throw toFileError(error, file);
  } finally {
    await handle.close();
  }
}
