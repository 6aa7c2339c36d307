import { join } from "node:path";
import type { DatasetSplit, Manifest } from "@vsi/dataset";
import { hashFolder, writeChecksumsOf, writeFileAtomically } from "@vsi/dataset/node";
import { CROISSANT_FILE, writeCroissant } from "./croissant.ts";
import { writeCard } from "./datasetCard.ts";
import { writeParquet } from "./parquet.ts";
import { recordedSettings } from "./settings.ts";
import { summarizeQuestions } from "./summary.ts";

/**
 * Writes what follows from a dataset's questions: manifest.json, Parquet where the settings ask for it, the card with its
 * pictures, croissant.json, and SHA256SUMS over all of it. The questions, rejects, scenes and frames must stand already.
 *
 * @throws DatasetError as in readJsonl and fileError.
 */
export async function finishDataset(folder: string, manifest: Manifest): Promise<void> {
  await writeFileAtomically(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const summary = await summarizeQuestions(folder, Object.keys(manifest.counts.questions) as DatasetSplit[]);
  const parquetFiles = new Map<string, string[]>();
  if (recordedSettings(manifest).format === "parquet") {
    for (const { split, questions } of summary.splits) {
      parquetFiles.set(split, await writeParquet(folder, split, questions));
    }
  }
  await writeCard(folder, manifest, summary, parquetFiles);
  // Its own checksum can't stand in it, and it is hashed once it is there.
  const checksums = await hashFolder(folder, [CROISSANT_FILE]);
  checksums.set(CROISSANT_FILE, await writeCroissant(folder, manifest, summary, checksums));
  await writeChecksumsOf(folder, checksums);
}
