import { closeSync, openSync, readSync, statSync } from "node:fs";
import { READ_FLAGS } from "@vsi/dataset/internal/node";
import { take, trim } from "../scanMemory.ts";
import { emptyFile, notAFile, toFileError, truncatedFile } from "./files.ts";

/**
 * Files read at once, for threads that have nothing else to do: an asynchronous read of a scan's files takes up to four
 * times the CPU time, most of it in other threads.
 */

/** An open file. */
export interface OpenFile {
  descriptor: number;
  /** Bytes. */
  size: number;
  /** The file's name in messages. */
  file: string;
}

/**
 * Opens a file, lets `read` have it, and closes it.
 *
 * @param file The file's name in messages.
 * @throws GeometryError "file-missing", "file-unreadable" or "file-empty", and what `read` throws.
 */
export function openNow<T>(path: string, file: string, read: (opened: OpenFile) => T): T {
  let descriptor: number | undefined;
  try {
    // Before open: opening a named pipe would wait for ever.
    const status = statSync(path);
    if (!status.isFile()) throw notAFile(file, status.isDirectory());
    if (status.size === 0) throw emptyFile(file);
    descriptor = openSync(path, READ_FLAGS);
    return read({ descriptor, size: status.size, file });
  } catch (error) {
    throw toFileError(error, file);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * `length` bytes from byte `start` on, in an array of `take`'s.
 *
 * @throws GeometryError "ply-truncated" when the file ends before.
 */
export function readBlockNow(opened: OpenFile, start: number, length: number): Uint8Array {
  const block = take(Uint8Array, length);
  const filled = fill(opened, block, start);
  if (filled < length) throw truncatedFile("ply-truncated", opened.file, start + filled, length - filled);
  return block;
}

/** The whole file, in an array of `take`'s; errors as in `openNow`. */
export function readFileNow(path: string, file: string): Uint8Array {
  return openNow(path, file, (opened) => {
    const bytes = take(Uint8Array, opened.size);
    return trim(bytes, fill(opened, bytes, 0));
  });
}

/** `read`'s result; what it throws goes through `explain` first. */
export function explained<T>(read: () => T, explain: (error: unknown) => unknown): T {
  try {
    return read();
  } catch (error) {
    throw explain(error);
  }
}

/** How many bytes there were for the array. */
function fill({ descriptor }: OpenFile, bytes: Uint8Array, start: number): number {
  let filled = 0;
  while (filled < bytes.length) {
    const read = readSync(descriptor, bytes, filled, bytes.length - filled, start + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}
