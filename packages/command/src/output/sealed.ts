import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { argumentError, checkArguments, PATH } from "@vsi/dataset/internal";
import { writeFileAtomically } from "@vsi/dataset/node";

/**
 * Writes a record under the hash of its own text, so that whoever reads it can tell that all of it is there: a power
 * cut or a full disk may leave a file of the right name and the wrong length.
 *
 * @throws DatasetError as in fileError.
 *
 * @example
 * ```js
 * import { readSealed, writeSealed } from "@vsi/command";
 *
 * await writeSealed("count.json", { scans: 12 });
 * console.log((await readSealed("count.json")).scans); // 12
 * ```
 */
export async function writeSealed(path: string, record: unknown): Promise<void> {
  checkArguments("writeSealed", { path: [path, PATH] });
  const text = jsonText("writeSealed", "record", record);
  await writeFileAtomically(path, `${hashText(text)}\n${text}\n`);
}

/** @throws OptionsError naming the function and its parameter where a value is nothing that JSON can hold. */
export function jsonText(where: string, name: string, value: unknown): string {
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined) return text;
  } catch {
    // A bigint, or an object that holds itself.
  }
  throw argumentError(where, name, value, "what JSON can hold");
}

/**
 * A record that writeSealed wrote; null when it is missing, cut, changed, or another version's.
 *
 * @throws the file system's error for a file that is there and can't be read.
 *
 * @example
 * ```js
 * import { readSealed, writeSealed } from "@vsi/command";
 *
 * await writeSealed("counted.json", { scans: 12 });
 * console.log((await readSealed("counted.json")).scans); // 12
 * ```
 */
export async function readSealed(path: string): Promise<unknown> {
  checkArguments("readSealed", { path: [path, PATH] });
  const content = contentOf(path);
  const [seal, text, end] = content.split("\n");
  if (seal === undefined || text === undefined || end !== "" || hashText(text) !== seal) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** At once, as writeFileAtomically writes: by promises, reading thousands of them took as long as what is in them. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return "";
    throw error;
  }
}

/** The sha256 of a text as 64 lower-case hex digits. */
export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
