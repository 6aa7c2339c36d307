import { type FileHandle, open, stat } from "node:fs/promises";
import { GeometryError } from "../geometryError.ts";
import { toFileError } from "./fileError.ts";

/**
 * Opens a file for reading, to be closed by the caller.
 *
 * @param file The file's name in messages.
 * @returns The open file and its size in bytes.
 * @throws GeometryError "file-missing", "file-unreadable" or "file-empty".
 */
export async function openRegularFile(path: string, file: string): Promise<{ handle: FileHandle; size: number }> {
  try {
    // Before open: opening a named pipe would wait for ever.
    const status = await stat(path);
    if (!status.isFile()) throw notAFile(file, status.isDirectory());
    if (status.size === 0) throw emptyFile(file);
    return { handle: await open(path, "r"), size: status.size };
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
