import { join } from "node:path";
import { CHECKSUMS_FILE } from "./checksumsFile.ts";
import { hashFolder } from "./hashFolder.ts";
import { writeFileAtomically } from "./writeFileAtomically.ts";

/**
 * Writes `SHA256SUMS` of every file below a folder but itself, as `sha256sum -c` reads it: "<64 hex digits>  <path>", POSIX
 * paths relative to the folder, sorted by UTF-16 code units.
 *
 * @param excluded POSIX paths, relative to the folder, of files and folders to leave out (unfinished work).
 * @throws DatasetError as in hashFolder.
 */
export async function writeChecksums(folder: string, excluded: readonly string[] = []): Promise<void> {
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
