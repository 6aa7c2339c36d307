import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { DatasetError } from "../errors.ts";
import { BYTES, checkArguments, type Kind, PATH, TEXT } from "../kinds.ts";

const CONTENT: Kind = {
  words: "a text or bytes",
  fits: (value) => TEXT.fits(value) || BYTES.fits(value),
};

/**
 * Writes a file so that under its name there is never a part of it: first as `<path>.partial`, then renamed. What stood
 * there is replaced. On failure the partial file is removed and the old one stays.
 * Nothing is flushed to the disk itself (fsync): a killed process loses nothing that was renamed, and a flush a file
 * would cost more than reading a scan; a power cut shows in SHA256SUMS. Two writers of one path at a time are an error.
 *
 * @param path the folder must exist.
 * @throws DatasetError as in fileError.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { writeFileAtomically } from "@vsi/dataset/node";
 *
 * await writeFileAtomically("answer.txt", "2.5 m");
 * console.log(await readFile("answer.txt", "utf8")); // 2.5 m
 * ```
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  checkArguments("writeFileAtomically", { path: [path, PATH], content: [content, CONTENT] });
  // At once, as all of it is in memory: by promises, the two files that are kept of a scan, and the look at its folder,
  // took 5 % of the CPU of a real scan.
  const partial = partialPath(path);
  let isOpened = false;
  try {
    const file = openSync(partial, PARTIAL_FLAGS);
    isOpened = true;
    try {
      writeFileSync(file, content);
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
  } catch (error) {
    if (isOpened) removeQuietly(partial);
    throw fileError(error, path, "a file to write");
  }
}

/** The error that led here is the one to tell. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

/**
 * How a partial file is opened: a link that somebody put under its name is not written through, a pipe not waited for.
 * Windows knows neither.
 */
export const PARTIAL_FLAGS =
  constants.O_WRONLY |
  constants.O_CREAT |
  constants.O_TRUNC |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

/**
 * How a file is opened that anybody may have put there: of a pipe, opening waits for a writer, in one of the four threads
 * that read all files of a process.
 */
export const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file of a folder that somebody else made, to be closed by the caller: a pipe or device in its place is refused
 * at once, also one that came a moment ago.
 *
 * @param file the path as the user knows it.
 * @param expected what should have been there: "a JSONL file to read".
 * @throws DatasetError "dataset-not-a-file", or as in fileError.
 */
export async function openRegularFile(
  path: string,
  file: string,
  expected: string,
): Promise<{ handle: FileHandle; size: number }> {
  // A socket cannot be opened, and says so by a number.
  const handle = await open(path, READ_FLAGS).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENXIO" ? notAFile(file, expected) : fileError(error, file, expected);
  });
  const found = await handle.stat();
  if (found.isFile()) return { handle, size: found.size };
  await handle.close();
  if (found.isDirectory()) throw fileError({ code: "EISDIR" }, file, expected);
  throw notAFile(file, expected);
}

function notAFile(file: string, expected: string): DatasetError {
  return new DatasetError("dataset-not-a-file", {
    file: file.replaceAll("\\", "/"),
    place: "file",
    got: "a pipe, socket or device",
    expected,
    advice: "Do not trust the folder; download the dataset again.",
  });
}

/** Bytes: no JavaScript string is longer than 2^29 characters, and reading a file of zeros would fill the memory first. */
const LONGEST_TEXT = 2 ** 29 - 24;

/**
 * The text of such a file.
 *
 * @throws DatasetError "file-too-large", or as in openRegularFile.
 */
export async function readRegularFile(path: string, file: string, expected: string): Promise<string> {
  const { handle, size } = await openRegularFile(path, file, expected);
  try {
    if (size > LONGEST_TEXT) {
      throw new DatasetError("file-too-large", {
        file: file.replaceAll("\\", "/"),
        place: "file",
        got: `${size} bytes`,
        expected: `${expected}, of ${LONGEST_TEXT} bytes at most`,
        advice: "Was the file damaged? Download it again.",
      });
    }
    return await handle.readFile("utf8");
  } catch (error) {
    throw fileError(error, file, expected);
  } finally {
    await handle.close();
  }
}

/** What the file system said, by Node's error code, and the way out. */
const REASONS: Readonly<Record<string, { code: string; got: string; advice: string }>> = {
  ENOSPC: {
    code: "write-no-space",
    got: "a full disk",
    advice: "Free some space or choose another disk, then run again.",
  },
  EDQUOT: {
    code: "write-no-space",
    got: "an exhausted disk quota",
    advice: "Free some of your quota, then run again.",
  },
  EACCES: { code: "file-permission", got: "no permission", advice: "Give this user read and write access." },
  EPERM: { code: "file-permission", got: "no permission", advice: "Give this user read and write access." },
  EROFS: { code: "file-permission", got: "a read-only disk", advice: "Choose a writable folder." },
  ENOENT: {
    code: "file-missing",
    got: "nothing",
    advice: "Check the path; was it moved or deleted?",
  },
  ENOTDIR: { code: "file-not-a-folder", got: "a file in place of a folder", advice: "Check the path." },
  EISDIR: { code: "file-is-a-folder", got: "a folder", advice: "Give a file, or move the folder away." },
  ELOOP: {
    code: "file-other",
    got: "a link",
    advice: "Move away the link of this name, or of this name with .partial.",
  },
  ENAMETOOLONG: {
    code: "file-other",
    got: "a name that is too long for the disk",
    advice: "Choose a shorter one.",
  },
  ENFILE: { code: "file-too-many-open", got: "too many open files", advice: "Close programs that hold files open." },
  EMFILE: { code: "file-too-many-open", got: "too many open files", advice: "Raise the limit (ulimit -n)." },
};

/**
 * A file system's error as DatasetError: code "write-no-space", "file-permission", "file-missing", "file-not-a-folder",
 * "file-is-a-folder", "file-too-many-open" or "file-other". A DatasetError stays as it is; the original is the `cause`.
 *
 * @param file the path as the user knows it.
 * @param expected what should have been there: "a file to read", "a file to write".
 */
export function fileError(error: unknown, file: string, expected: string): DatasetError {
  if (error instanceof DatasetError) {
    return error;
  }
  const systemCode = (error as NodeJS.ErrnoException).code ?? "";
  const { code, got, advice } = REASONS[systemCode] ?? {
    code: "file-other",
    got: `the error "${(error as Error).message}"`,
    advice: "Check the disk and the path.",
  };
  const isNewFile = systemCode === "ENOENT" && expected.startsWith("a file to write");
  const detail = {
    file: file.replaceAll("\\", "/"),
    place: "file system",
    got: isNewFile ? "no such folder" : got,
    expected,
    advice: isNewFile ? "Check the path, or create the folder first." : advice,
  };
  return new DatasetError(code, detail, { cause: error });
}

/**
 * What the file system said, in the words of fileError and without the path: "no permission". What is written into a
 * dataset must not name the machine's folders, as Node's own message does.
 */
export function systemErrorInWords(error: unknown): string {
  const { code = "without a code" } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? "no such file" : (REASONS[code]?.got ?? `the error ${code}`);
}

/**
 * Makes a folder and those it is in, where they are missing. Not by `mkdir`'s own `recursive`: it asks for ever where a
 * file system refuses a new entry with ENOENT, as /proc and a deleted working folder do.
 *
 * @returns whether it was made here.
 * @throws the file system's error, also where a file has the folder's name.
 */
export function makeFolder(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(path).isDirectory()) return false;
    const parent = dirname(resolve(path));
    if (code !== "ENOENT" || existsSync(parent)) throw error;
    makeFolder(parent);
    // Another process may have made it meanwhile.
    return makeFolder(path);
  }
}

/** What a file is called until it is complete. */
export const PARTIAL_SUFFIX = ".partial";

/**
 * The name under which `path` is written before it is complete: in the same folder, so that renaming is one step on one
 * disk, and always the same, so that what a killed process left is overwritten by the next and never piles up.
 */
export function partialPath(path: string): string {
  return path + PARTIAL_SUFFIX;
}
