import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetSplit, Question } from "@vsi/dataset";

/** A folder with data/<split>.jsonl of these questions; whatever else a dataset has is missing. */
export async function writeQuestions(
  folder: string,
  questions: Partial<Record<DatasetSplit, readonly Question[]>>,
): Promise<string> {
  await mkdir(join(folder, "data"), { recursive: true });
  for (const [split, records] of Object.entries(questions)) {
    await writeFile(join(folder, "data", `${split}.jsonl`), records.map((one) => `${JSON.stringify(one)}\n`).join(""));
  }
  return folder;
}
