import { type FileHandle, open, stat } from "node:fs/promises";
import { types } from "node:util";
import { READ_FLAGS, systemErrorInWords } from "@vsi/dataset/internal/node";
import { GeometryError } from "../errors.ts";

/**
 * Reads `length` bytes from byte `start` of an open file.
 *
 * @param file The file's name in messages.
 * @param truncatedCode The error's code when the file ends before.
 * @throws GeometryError with that code.
 */
export async function readBlock(
  handle: FileHandle,
  start: number,
  length: number,
  file: string,
  truncatedCode = "ply-truncated",
): Promise<Uint8Array> {
  const block = Buffer.allocUnsafe(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await handle.read(block, filled, length - filled, start + filled);
    if (bytesRead === 0) {
      throw truncatedFile(truncatedCode, file, start + filled, length - filled);
    }
    filled += bytesRead;
  }
  return block;
}

/** The whole file; errors as in `openScanFile`. */
export async function readScanFile(path: string, file: string): Promise<Uint8Array> {
  return openScanFile(path, file, (handle) => handle.readFile());
}

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

const ADVICES: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "Check the path, or download the file again."],
  ["EACCES", "Give yourself read permission (chmod u+r)."],
  ["EPERM", "Give yourself read permission (chmod u+r)."],
  ["EISDIR", "Move it away."],
  ["ENOTDIR", "Move it away."],
  ["EMFILE", "Use fewer workers or raise the limit (ulimit -n)."],
  ["ENFILE", "Use fewer workers or raise the limit (ulimit -n)."],
  ["ELOOP", "The symbolic links form a loop; replace them."],
]);

/** Whether `error` is a GeometryError that says that there is no such file. */
export function isMissingFile(error: unknown): boolean {
  return error instanceof GeometryError && error.code === "file-missing";
}

/** A system error as a GeometryError that names the file; any other error as it is. */
export function toFileError(error: unknown, file: string): unknown {
  if (error instanceof GeometryError || !types.isNativeError(error) || !("code" in error)) return error;
  const code = String(error.code);
  return new GeometryError(code === "ENOENT" ? "file-missing" : "file-unreadable", {
    file,
    place: "file",
    got: systemErrorInWords(error),
    expected: "a readable file",
    advice: ADVICES.get(code) ?? "Check the disk, and download the file again.",
  });
}

/**
 * Opens a file for reading, to be closed by the caller.
 *
 * @param file The file's name in messages.
 * @returns The open file and its size in bytes.
 * @throws GeometryError "file-missing", "file-unreadable" or "file-empty".
 */
export async function openRegularFile(path: string, file: string): Promise<{ handle: FileHandle; size: number }> {
  try {
    // Before open: opening a named pipe would block forever.
    const status = await stat(path);
    if (!status.isFile()) throw notAFile(file, status.isDirectory());
    if (status.size === 0) throw emptyFile(file);
    // A pipe that came since is opened, not waited for, and ends at once.
    return { handle: await open(path, READ_FLAGS), size: status.size };
  } catch (error) {
    throw toFileError(error, file);
  }
}

export function notAFile(file: string, isFolder: boolean): GeometryError {
  return new GeometryError("file-unreadable", {
    file,
    place: "file",
    got: isFolder ? "a folder" : "a device, socket or pipe",
    expected: "a readable file",
    advice: "Move it away and download the file again.",
  });
}

export function emptyFile(file: string): GeometryError {
  return new GeometryError("file-empty", {
    file,
    place: "byte 0",
    got: "an empty file",
    expected: "content",
    advice: "The download is incomplete; download the file again.",
  });
}

export function truncatedFile(code: string, file: string, end: number, missing: number): GeometryError {
  return new GeometryError(code, {
    file,
    place: `byte ${end}`,
    got: "the end of the file",
    expected: `${missing} more bytes`,
    advice: "The file shrank while being read; let the download finish first.",
  });
}
