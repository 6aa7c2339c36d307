import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatasetError } from "../errors.ts";
import { CHECKSUMS_FILE } from "./checksumsFile.ts";
import { fileError } from "./fileError.ts";
import { hashFile } from "./hashFile.ts";

/**
 * The sha256 (64 lower-case hex digits) of every file below a folder but `SHA256SUMS`, by POSIX path relative to the folder,
 * sorted by UTF-16 code units. Files are hashed as a stream.
 *
 * @param excluded POSIX paths, relative to the folder, of files and folders to leave out.
 * @throws DatasetError "checksums-file-name" for a name that `SHA256SUMS` cannot hold, or as in fileError.
 */
export async function hashFolder(folder: string, excluded: readonly string[] = []): Promise<Map<string, string>> {
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
      checkName(folder, path);
      files.push(path);
    }
  }
  return files;
}

/** sha256sum escapes these, and other readers of its format do not know how. */
function checkName(folder: string, path: string): void {
  if (/[\\\r\n]/.test(path)) {
    throw new DatasetError("checksums-file-name", {
      file: folder.replaceAll("\\", "/"),
      place: JSON.stringify(path),
      got: "a file name with a backslash or a line break",
      expected: "a name that every system can read",
      advice: "Rename or remove the file; no dataset file is called so.",
    });
  }
}
