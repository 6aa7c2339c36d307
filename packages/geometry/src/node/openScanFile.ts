import { type FileHandle, open, stat } from "node:fs/promises";
import { GeometryError } from "../geometryError.ts";
import { toFileError } from "./fileError.ts";

/**
 * Opens a file, lets `read` have it with its size in bytes, and closes it.
 *
 * @param file The file's name in messages.
 * @throws GeometryError "file-missing", "file-unreadable", "file-empty", and what `read` throws.
 */
export async function openScanFile<T>(
  path: string,
  file: string,
  read: (handle: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  try {
    // Before open: opening a named pipe would wait for ever.
    const status = await stat(path);
    if (!status.isFile()) throw notAFile(file, status.isDirectory());
    if (status.size === 0) throw emptyFile(file);
    const handle = await open(path, "r");
    try {
      return await read(handle, (await handle.stat()).size);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw toFileError(error, file);
  }
}

function notAFile(file: string, isFolder: boolean): GeometryError {
  return new GeometryError("file-unreadable", {
    file,
    place: "file",
    got: isFolder ? "a folder" : "a device, socket or pipe",
    expected: "a readable file",
    advice: "Move it away and download the file again.",
  });
}

function emptyFile(file: string): GeometryError {
  return new GeometryError("file-empty", {
    file,
    place: "byte 0",
    got: "an empty file",
    expected: "content",
    advice: "The download did not finish; download the file again.",
  });
}
