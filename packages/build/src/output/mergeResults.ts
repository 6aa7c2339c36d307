import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetSplit, Question, Reject } from "@vsi/dataset";
import { JsonlWriter, writeChecksums, writeFileAtomically } from "@vsi/dataset/node";
import type { DatasetSettings } from "../buildOptions.ts";
import { BuildStoppedError } from "../buildStoppedError.ts";
import { loadScanResult } from "../pipeline/storeScanResult.ts";
import type { SelectedScan } from "../scans/scanInput.ts";
import { type BuildCounts, countScan, countSkip, emptyCounts } from "./buildCounts.ts";
import { buildManifest } from "./buildManifest.ts";
import { datasetCard } from "./datasetCard.ts";
import type { OutputFolder } from "./outputFolder.ts";
import { placeFrames } from "./placeFrames.ts";

export interface MergeInput {
  /** Every scan that was to be read, with its split, ordered by id. */
  scans: readonly Pick<SelectedScan, "scanId" | "split">[];
  /** The splits that get a file, filled or not. */
  splits: readonly DatasetSplit[];
  /** Scans that were left out before they were read. */
  leftOut: readonly Reject[];
  settings: DatasetSettings;
  /** Version by package name, for the manifest. */
  versions: Readonly<Record<string, string>>;
}

/**
 * The second stage: from one result a scan to the dataset folder, one scan at a time and ordered by id, so that
 * memory stays flat and the bytes do not depend on who finished first.
 */
export async function mergeResults(folder: OutputFolder, input: MergeInput): Promise<BuildCounts> {
  const staging = folder.stagingFolder;
  await rm(staging, { recursive: true, force: true });
  await mkdir(join(staging, "data"), { recursive: true });
  await mkdir(join(staging, "scenes"));
  const counts = emptyCounts(input.splits);
  const writers = new Map<DatasetSplit, JsonlWriter<Question>>();
  for (const split of input.splits) {
    writers.set(split, await JsonlWriter.open<Question>(join(staging, "data", `${split}.jsonl`)));
  }
  const rejects = await JsonlWriter.open<Reject>(join(staging, "rejects.jsonl"));
  for (const { scanId, split } of input.scans) {
    const stored = await loadScanResult(folder.resultsFolder, scanId);
    if (stored === null)
      throw new BuildStoppedError(
        `${scanId}: its result has gone from ${folder.resultsFolder}. Run again with --resume.`,
      );
    const { result } = stored;
    countScan(counts, split, result);
    if (result.status === "skipped") {
      await rejects.write(result.reject);
      continue;
    }
    await writeFileAtomically(join(staging, "scenes", `${scanId}.json`), `${JSON.stringify(result.facts)}\n`);
    await placeFrames(folder, scanId, result.facts.camera);
    for (const question of result.questions) await writers.get(split)?.write(question);
    for (const reject of result.rejects) await rejects.write(reject);
  }
  for (const reject of input.leftOut) {
    countSkip(counts, reject);
    await rejects.write(reject);
  }
  for (const writer of writers.values()) await writer.close();
  await rejects.close();
  const manifest = buildManifest(input.settings, counts, input.versions);
  await writeFileAtomically(join(staging, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFileAtomically(join(staging, "README.md"), datasetCard(manifest));
  await writeChecksums(staging);
  return counts;
}
