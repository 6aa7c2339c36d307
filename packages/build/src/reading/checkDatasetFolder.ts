import { readdir } from "node:fs/promises";
import { UsageError } from "@vsi/command";
import { CHECKSUMS_FILE } from "@vsi/dataset/node";
import { WORKING_FOLDER } from "../output/outputFolder.ts";
import { MANIFEST_FILE } from "./datasetFiles.ts";

/**
 * Makes sure that a path is the folder of a finished dataset, as far as its names tell; one with a file missing passes.
 *
 * @throws UsageError for a wrong path, a folder of something else, a build that was interrupted.
 */
export async function checkDatasetFolder(path: string): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    const got = error.code === "ENOENT" ? "nothing" : error.code === "ENOTDIR" ? "a file" : `the error ${error.code}`;
    throw new UsageError(`${path}: got ${got}, expected a dataset folder. Give the folder that --out named.`);
  });
  if (names.includes(WORKING_FOLDER)) {
    throw new UsageError(
      `${path}: got a build that is under way or was interrupted (${WORKING_FOLDER}), expected a finished dataset. Finish it: the same vsi-build command with --resume.`,
    );
  }
  if (!names.includes(MANIFEST_FILE) && !names.includes(CHECKSUMS_FILE)) {
    throw new UsageError(
      `${path}: got a folder without ${MANIFEST_FILE} and ${CHECKSUMS_FILE}, expected a dataset that vsi-build wrote. Give the folder that --out named.`,
    );
  }
}
