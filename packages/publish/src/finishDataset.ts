import { join } from "node:path";
import { type DatasetSplit, MANIFEST_SCHEMA, type Manifest } from "@vsi/dataset";
import { checkArguments, fields, INTEGER, PATH, RECORD, TEXT } from "@vsi/dataset/internal";
import { readStatedRooms, writeChecksumsOf } from "@vsi/dataset/internal/node";
import { hashFolder, writeFileAtomically } from "@vsi/dataset/node";
import { parquetColumns } from "./columns.ts";
import { CROISSANT_FILE, writeCroissant } from "./croissant.ts";
import { measureFrames, parquetLimits, writeParquet } from "./parquet.ts";
import { recordedSettings } from "./settings.ts";
import { summarizeQuestions } from "./summary.ts";

/** How a finished dataset folder is known. */
export const DATASET_IDENTITY = { file: "manifest.json", schema: MANIFEST_SCHEMA, noun: "dataset" } as const;

/** The files that every dataset folder has, besides SHA256SUMS. */
export const DATASET_FILES = [
  "README.md",
  "croissant.json",
  "manifest.json",
  "rejects.jsonl",
  "data/train.jsonl",
  "data/validation.jsonl",
  "data/test.jsonl",
] as const;

const MANIFEST = fields({
  ...{ schema: TEXT, name: TEXT, protocol: TEXT, seed: INTEGER, settings: RECORD, versions: RECORD, inputs: RECORD },
  counts: fields({ questions: RECORD, rejects: RECORD }),
});

/**
 * Writes what follows from a dataset's questions: manifest.json, Parquet where the settings ask for it, the card with
 * its pictures, croissant.json, and SHA256SUMS over all of it. The questions, rejects, scenes and frames must stand
 * already.
 *
 * @returns what SHA256SUMS says.
 * @throws DatasetError as in readJsonl and fileError.
 *
 * @example
 * ```js
 * import { cp, readFile } from "node:fs/promises";
 * import { finishDataset } from "@vsi/publish";
 *
 * await cp("vsi-100k", "renamed", { recursive: true });
 * const manifest = JSON.parse(await readFile("renamed/manifest.json", "utf8"));
 * const checksums = await finishDataset("renamed", { ...manifest, name: "my-rooms" });
 * console.log(checksums.has("data/train.jsonl"), checksums.has("croissant.json")); // true true
 * ```
 */
export async function finishDataset(folder: string, manifest: Manifest): Promise<Map<string, string>> {
  checkArguments("finishDataset", {
    folder: [folder, PATH],
    manifest: [manifest, MANIFEST],
  });
  await writeFileAtomically(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const splits = Object.keys(manifest.counts.questions) as DatasetSplit[];
  const summary = await summarizeQuestions(folder, splits, await readStatedRooms(folder, manifest));
  const parquetFiles = new Map<string, string[]>();
  const settings = recordedSettings(manifest);
  if (settings.format === "parquet") {
    const columns = parquetColumns(settings);
    const embedded = settings.embedFrames ? await measureFrames(folder, summary.splits) : null;
    for (const { split, questions } of summary.splits) {
      const bytes = embedded?.get(split) ?? null;
      parquetFiles.set(
        split,
        await writeParquet(folder, split, questions, { columns, ...parquetLimits(bytes, questions) }),
      );
    }
  }
  // Loaded here: charts, 60 modules of them, which must not keep a build's first scan waiting.
  const { writeCard } = await import("./datasetCard.ts");
  await writeCard(folder, manifest, summary, parquetFiles);
  // It can't contain its own checksum; it is hashed once written.
  const checksums = await hashFolder(folder, [CROISSANT_FILE]);
  checksums.set(CROISSANT_FILE, await writeCroissant(folder, manifest, summary, checksums));
  await writeChecksumsOf(folder, checksums);
  return checksums;
}
