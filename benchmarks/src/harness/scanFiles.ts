import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { ScanFolder } from "@vsi/geometry/node";
import { type DatasetSettings, DEFAULT_DATASET_SETTINGS } from "@vsi/publish";

/** Where a scan's four files are. */
export function pathsOf({ path, scanId }: ScanFolder) {
  return {
    mesh: join(path, `${scanId}_vh_clean_2.ply`),
    segments: join(path, `${scanId}_vh_clean_2.0.010000.segs.json`),
    aggregation: join(path, `${scanId}.aggregation.json`),
    scanInfo: join(path, `${scanId}.txt`),
  };
}

/** vsi-build's own, which it does not export: a thread's work on one scan. */
const pipeline = new URL("../../../packages/vsi-build/dist/pipeline/", import.meta.url);

/**
 * What a thread of vsi-build does with each scan, from its files to its questions, facts and refusals on the disk.
 *
 * @param folder where results go; a new one for each call of what is returned, so that none is taken up again.
 */
export async function scanWork(
  folder: string,
  settings: DatasetSettings = DEFAULT_DATASET_SETTINGS,
): Promise<(scans: readonly ScanFolder[]) => Promise<void>> {
  const load = (file: string) => import(new URL(file, pipeline).href);
  const { default: runScanTask } = (await load("scanWorker.js")) as {
    default: (task: unknown) => Promise<{ status: string; summary: { failure: { message: string } | null } }>;
  };
  const { processOptions } = await load("processScan.js");
  const { ALWAYS_KEPT, keptFolders } = await load("keptResults.js");
  const options = await processOptions(settings);
  return async (scans) => {
    const working = await mkdtemp(join(folder, "results-"));
    for (const name of ALWAYS_KEPT) await mkdir(join(working, name));
    const kept = keptFolders(working, "");
    for (const scan of scans) {
      const { summary } = await runScanTask({ input: { kind: "raw", folder: scan }, kept, options });
      if (summary.failure !== null) throw new Error(summary.failure.message);
    }
  };
}
