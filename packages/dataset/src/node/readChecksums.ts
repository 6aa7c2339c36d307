import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatasetError } from "../errors.ts";
import { CHECKSUMS_FILE } from "./checksumsFile.ts";
import { fileError } from "./fileError.ts";

/**
 * The sha256 (64 lower-case hex digits) by POSIX path, as the folder's `SHA256SUMS` says; the files are not compared.
 *
 * @throws DatasetError "checksums-syntax" for another kind of line, "checksums-path" for a path that leads out of the
 * folder, both with the line, or as in fileError.
 */
export async function readChecksums(folder: string): Promise<Map<string, string>> {
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
  // sha256sum writes two spaces, or a space and a star for files read as binary.
  const [, sha256, file] = /^([0-9a-f]{64}) [ *](.+)$/.exec(text) ?? [];
  if (sha256 === undefined || file === undefined) {
    return fail("checksums-syntax", "a sha256 and a path");
  }
  if (/^\/|^[A-Za-z]:|\\|(^|\/)\.\.?(\/|$)/.test(file)) {
    return fail("checksums-path", "a path inside the folder");
  }
  return { file, sha256 };
}
