import { readFile } from "node:fs/promises";

/** The records of a small JSONL file. */
export async function readLines<Line = Record<string, unknown>>(path: string): Promise<Line[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Line);
}
