import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatasetError } from "../errors.ts";
import { checkArguments, listOf, PATH, TEXT } from "../kinds.ts";
import { fileError, READ_FLAGS, writeFileAtomically } from "./files.ts";

/** The file in a dataset folder that holds the sha256 of every other. */
export const CHECKSUMS_FILE = "SHA256SUMS";

/**
 * The sha256 (64 lower-case hex digits) by POSIX path, as the folder's `SHA256SUMS` says; the files are not compared.
 *
 * @throws DatasetError "checksums-syntax" for another kind of line, "checksums-path" for a path that leads out of the
 * folder, both with the line, or as in fileError.
 *
 * @example
 * ```js
 * import { hashFile, readChecksums } from "@vsi/dataset/node";
 *
 * const checksums = await readChecksums("vsi-100k");
 * console.log(checksums.get("manifest.json") === (await hashFile("vsi-100k/manifest.json"))); // true
 * ```
 */
export async function readChecksums(folder: string): Promise<Map<string, string>> {
  checkArguments("readChecksums", { folder: [folder, PATH] });
  const path = join(folder, CHECKSUMS_FILE);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fileError(error, path, "the checksums of a dataset folder");
  });
  const checksums = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line !== "") {
      const { file, sha256 } = parseLine(line, path.replaceAll("\\", "/"), index + 1);
      checksums.set(file, sha256);
    }
  }
  return checksums;
}

function parseLine(text: string, source: string, line: number): { file: string; sha256: string } {
  const fail = (code: string, expected: string): never => {
    const advice = "Download or build the dataset again.";
    throw new DatasetError(code, { file: source, place: `line ${line}`, got: JSON.stringify(text), expected, advice });
  };
  // sha256sum writes two spaces, or a space and a star for files read as binary. U+2028 ends no line of it.
  const [, sha256, file] = /^([0-9a-f]{64}) [ *](.+)$/s.exec(text) ?? [];
  if (sha256 === undefined || file === undefined) {
    return fail("checksums-syntax", "a sha256 and a path");
  }
  if (/^\/|^[A-Za-z]:|\\|(^|\/)\.\.?(\/|$)/.test(file)) {
    return fail("checksums-path", "a path inside the folder");
  }
  return { file, sha256 };
}

/**
 * Writes `SHA256SUMS` of every file below a folder but itself, as `sha256sum -c` reads it: "<64 hex digits>  <path>", POSIX
 * paths relative to the folder, sorted by UTF-16 code units.
 *
 * @param excluded POSIX paths, relative to the folder, of files and folders to leave out (unfinished work).
 * @throws DatasetError as in hashFolder.
 *
 * @example
 * ```js
 * import { mkdir } from "node:fs/promises";
 * import { readChecksums, writeChecksums, writeFileAtomically } from "@vsi/dataset/node";
 *
 * await mkdir("mine", { recursive: true });
 * await writeFileAtomically("mine/notes.txt", "a door is missing");
 * await writeChecksums("mine");
 * console.log([...(await readChecksums("mine")).keys()].join()); // notes.txt
 * ```
 */
export async function writeChecksums(folder: string, excluded: readonly string[] = []): Promise<void> {
  checkArguments("writeChecksums", { folder: [folder, PATH], excluded: [excluded, listOf(TEXT, "a list of paths")] });
  await writeChecksumsOf(folder, await hashFolder(folder, excluded));
}

/**
 * Writes `SHA256SUMS` of checksums that are known already.
 *
 * @param checksums sha256 by POSIX path, as hashFolder returns them; in any order.
 * @throws DatasetError as in fileError.
 */
export async function writeChecksumsOf(folder: string, checksums: ReadonlyMap<string, string>): Promise<void> {
  const lines = [...checksums.keys()].sort().map((path) => `${checksums.get(path)}  ${path}\n`);
  await writeFileAtomically(join(folder, CHECKSUMS_FILE), lines.join(""));
}

/**
 * The sha256 (64 lower-case hex digits) of every file below a folder but `SHA256SUMS`, by POSIX path relative to the
 * folder, sorted by UTF-16 code units. Files are hashed in parts.
 *
 * @param excluded POSIX paths, relative to the folder, of files and folders to leave out.
 * @throws DatasetError "checksums-file-name" for a name that `SHA256SUMS` cannot hold, or as in fileError.
 *
 * @example
 * ```js
 * import { hashFolder } from "@vsi/dataset/node";
 *
 * const hashes = await hashFolder("vsi-100k/data");
 * console.log([...hashes.keys()].join(", ")); // train.jsonl, validation.jsonl
 * ```
 */
export async function hashFolder(folder: string, excluded: readonly string[] = []): Promise<Map<string, string>> {
  checkArguments("hashFolder", { folder: [folder, PATH], excluded: [excluded, listOf(TEXT, "a list of paths")] });
  const leftOut = new Set([CHECKSUMS_FILE, ...excluded]);
  const checksums = new Map<string, string>();
  for (const path of (await filesBelow(folder, "", leftOut)).sort()) {
    checksums.set(path, await hashFile(join(folder, path)));
  }
  return checksums;
}

async function filesBelow(folder: string, prefix: string, leftOut: ReadonlySet<string>): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true }).catch((error: unknown) => {
    throw fileError(error, join(folder, prefix), "a folder to read");
  });
  const files: string[] = [];
  for (const entry of entries) {
    const path = prefix + entry.name;
    if (leftOut.has(path)) {
      continue;
    }
    if (entry.isDirectory()) {
      files.push(...(await filesBelow(folder, `${path}/`, leftOut)));
    } else {
      checkListedName(folder, path);
      files.push(path);
    }
  }
  return files;
}

/**
 * sha256sum escapes these, and other readers of its format do not know how.
 *
 * @param path POSIX, relative to the folder.
 * @throws DatasetError "checksums-file-name".
 */
export function checkListedName(folder: string, path: string): void {
  if (/[\\\r\n]/.test(path)) {
    throw new DatasetError("checksums-file-name", {
      file: folder.replaceAll("\\", "/"),
      place: JSON.stringify(path),
      got: "a file name with a backslash or a line break",
      expected: "a name that works on every system",
      advice: "Rename or remove the file; it is not one of the dataset's.",
    });
  }
}

/**
 * The sha256 of a file as 64 lower-case hex digits, read in parts: memory does not grow with the file.
 *
 * @throws DatasetError as in fileError.
 *
 * @example
 * ```js
 * import { hashFile, readChecksums } from "@vsi/dataset/node";
 *
 * const sums = await readChecksums("./vsi-100k");
 * console.log((await hashFile("./vsi-100k/manifest.json")) === sums.get("manifest.json")); // true
 * ```
 */
export async function hashFile(path: string): Promise<string> {
  checkArguments("hashFile", { path: [path, PATH] });
  try {
    const bytes = readSmall(path);
    if (bytes !== null) return createHash("sha256").update(bytes).digest("hex");
    return await hashInParts(path);
  } catch (error) {
    throw fileError(error, path, "a file to read");
  }
}

/** Read at once: a stream costs half a millisecond a file, and a dataset has thousands of facts and frames. */
const SMALL_BYTES = 2 ** 18;

/** Filled and hashed in one go, so that it serves one file at a time. */
const small = Buffer.allocUnsafeSlow(SMALL_BYTES + 1);

/** A file's bytes; null for one of more than SMALL_BYTES, and for what is no file, such as a pipe. */
function readSmall(path: string): Buffer | null {
  const file = openSync(path, READ_FLAGS);
  try {
    if (!fstatSync(file).isFile()) return null;
    let end = 0;
    for (;;) {
      const read = readSync(file, small, end, small.length - end, null);
      end += read;
      if (end > SMALL_BYTES) return null;
      if (read === 0) return small.subarray(0, end);
    }
  } finally {
    closeSync(file);
  }
}

/** Into one buffer: a stream takes a new one every 64 KiB, and 30 MiB of them lay in memory at a time. */
async function hashInParts(path: string): Promise<string> {
  const file = await open(path);
  try {
    const hash = createHash("sha256");
    const part = Buffer.allocUnsafeSlow(SMALL_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(part);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(part.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
