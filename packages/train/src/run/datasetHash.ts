import { createHash } from "node:crypto";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { CHECKSUMS_FILE, fileError, hashFile } from "@vsi/dataset/node";

/** What a dataset folder holds, in one number. */
export interface DatasetHash {
  /** 64 hex digits. */
  sha256: string;
  /**
   * What it is of: the folder's SHA256SUMS, which names every file's, or without one the files of data/ by name and
   * sha256 (frames are then not covered).
   */
  of: "SHA256SUMS" | "data";
}

/** The same content has the same hash wherever the folder is. @throws DatasetError as in fileError. */
export async function datasetHash(folder: string): Promise<DatasetHash> {
  const checksums = join(folder, CHECKSUMS_FILE);
  const hasChecksums = await access(checksums).then(
    () => true,
    () => false,
  );
  if (hasChecksums) return { sha256: await hashFile(checksums), of: "SHA256SUMS" };
  const data = join(folder, "data");
  const names = await readdir(data).catch((error: unknown) => {
    throw fileError(error, data, "a dataset's questions");
  });
  const hash = createHash("sha256");
  for (const name of names.sort()) hash.update(`${await hashFile(join(data, name))}  ${name}\n`);
  return { sha256: hash.digest("hex"), of: "data" };
}
