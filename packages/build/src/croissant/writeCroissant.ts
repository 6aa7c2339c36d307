import { join } from "node:path";
import type { Manifest } from "@vsi/dataset";
import { hashFile, writeFileAtomically } from "@vsi/dataset/node";
import type { QuestionsSummary } from "../card/summarizeQuestions.ts";
import { croissant } from "./croissant.ts";

/** Where the Croissant metadata is, below a dataset folder. */
export const CROISSANT_FILE = "croissant.json";

/**
 * Writes a dataset folder's Croissant metadata.
 *
 * @param checksums of all other files, SHA256SUMS excepted.
 * @returns the sha256 of what was written.
 * @throws DatasetError as in fileError.
 */
export async function writeCroissant(
  folder: string,
  manifest: Manifest,
  summary: QuestionsSummary,
  checksums: ReadonlyMap<string, string>,
): Promise<string> {
  const path = join(folder, CROISSANT_FILE);
  await writeFileAtomically(path, `${JSON.stringify(croissant(manifest, summary, checksums), null, 2)}\n`);
  return hashFile(path);
}
