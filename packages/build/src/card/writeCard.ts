import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest } from "@vsi/dataset";
import { writeFileAtomically } from "@vsi/dataset/node";
import { answerChart } from "./answerChart.ts";
import type { DataFiles } from "./cardHeader.ts";
import { chartPath } from "./chartPath.ts";
import { datasetCard } from "./datasetCard.ts";
import type { QuestionsSummary } from "./summarizeQuestions.ts";

/**
 * Writes README.md and its pictures into a dataset folder.
 *
 * @param parquetFiles by split, where there are any; the card then offers these to load.
 * @throws DatasetError as in fileError.
 */
export async function writeCard(
  folder: string,
  manifest: Manifest,
  summary: QuestionsSummary,
  parquetFiles: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  if (summary.types.length > 0) await mkdir(join(folder, "card"), { recursive: true });
  for (const ofType of summary.types) {
    await writeFileAtomically(join(folder, chartPath(ofType.type)), await answerChart(ofType));
  }
  const files = new Map<string, DataFiles>();
  for (const { split, questions, bytes } of summary.splits) {
    // `datasets` refuses a file without rows.
    if (questions === 0) continue;
    const shards = parquetFiles.get(split);
    files.set(
      split,
      shards === undefined
        ? { path: `data/${split}.jsonl`, bytes }
        : { path: `data/${split}-*.parquet`, bytes: await totalSize(folder, shards) },
    );
  }
  await writeFileAtomically(join(folder, "README.md"), datasetCard(manifest, summary, files));
}

async function totalSize(folder: string, paths: readonly string[]): Promise<number> {
  let size = 0;
  for (const path of paths) size += (await stat(join(folder, path))).size;
  return size;
}
