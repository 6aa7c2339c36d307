import { readFile } from "node:fs/promises";

/** A JSON file that one of the project's commands wrote a moment ago, and whose shape is therefore known. */
export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, "utf8")) as T;
}
