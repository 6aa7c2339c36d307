import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { fileError } from "./fileError.ts";

/**
 * The sha256 of a file as 64 lower-case hex digits, read as a stream: memory does not grow with the file.
 *
 * @throws DatasetError as in fileError.
 */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw fileError(error, path, "a file to read");
  }
  return hash.digest("hex");
}
