import { join } from "node:path";
import { CHECKSUMS_FILE, hashFile, readChecksums } from "@vsi/dataset/node";
import { problemOf, type ReportProblem, TAKE_AGAIN } from "./problem.ts";

/**
 * Compares every file of a dataset folder with SHA256SUMS: none changed, missing or added.
 *
 * @param files POSIX paths of all files in the folder.
 */
export async function checkChecksums(folder: string, files: readonly string[], report: ReportProblem): Promise<void> {
  const place = { file: CHECKSUMS_FILE, line: null, id: null };
  const checksums = await readChecksums(folder).catch((error: unknown) => {
    report(problemOf(error, place));
    return null;
  });
  if (checksums === null) return;
  const found = new Set(files);
  for (const [file, sha256] of checksums) {
    if (!found.has(file)) {
      const expected = `the file that ${CHECKSUMS_FILE} names`;
      report({ code: "file-missing", file, line: null, id: null, got: "nothing", expected, advice: TAKE_AGAIN });
      continue;
    }
    const got = await hashFile(join(folder, file));
    if (got !== sha256) {
      const expected = `${sha256}, as ${CHECKSUMS_FILE} says`;
      report({ code: "checksum", file, line: null, id: null, got: `the sha256 ${got}`, expected, advice: TAKE_AGAIN });
    }
  }
  for (const file of files) {
    if (file === CHECKSUMS_FILE || checksums.has(file)) continue;
    report({
      code: "file-extra",
      file,
      line: null,
      id: null,
      got: "a file",
      expected: `none that ${CHECKSUMS_FILE} does not name`,
      advice: "Move it out of the dataset folder.",
    });
  }
}
