import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A record as a test changes it: forged ones break their types on purpose. */
// biome-ignore lint/suspicious/noExplicitAny: no type would let a test write what must not be there.
export type EditedRecord = any;

/** Changes a JSON file of a dataset folder; the checksums stay as they were. */
export async function editJsonFile(folder: string, file: string, edit: (value: EditedRecord) => void): Promise<void> {
  const value = JSON.parse(await readFile(join(folder, file), "utf8"));
  edit(value);
  await writeFile(join(folder, file), `${JSON.stringify(value)}\n`);
}

/** The records of a small JSONL file, whose path may come in parts. */
export async function readLines<Line = EditedRecord>(...path: string[]): Promise<Line[]> {
  const lines = (await readFile(join(...path), "utf8")).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Line);
}

/** Writes the lines of a JSONL file. */
export async function writeLines(folder: string, file: string, records: readonly object[]): Promise<void> {
  await writeFile(join(folder, file), records.map((record) => `${JSON.stringify(record)}\n`).join(""));
}
