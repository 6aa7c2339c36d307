import { join } from "node:path";
import { type BuildReport, buildReport } from "./buildReport.ts";
import { explainFileError, explainStop } from "./output/explainFileError.ts";
import { mergeResults } from "./output/mergeResults.ts";
import { openOutputFolder, WORKING_FOLDER } from "./output/outputFolder.ts";
import { publish } from "./output/publish.ts";
import { keptFolders } from "./pipeline/keptFolders.ts";
import { findShards } from "./shards/findShards.ts";
import { isInShard } from "./shards/shard.ts";

export interface MergeShardsOptions {
  /** The shards' folders; none for those beside `out`, where --shard puts them. */
  shards: readonly string[];
  /** The dataset folder to write. */
  out: string;
  /** Go on with a merge that was interrupted. */
  resume: boolean;
  /** Replace a dataset that was written earlier. */
  overwrite: boolean;
}

/**
 * Makes the dataset folder of all shards of a build: byte for byte what one build without shards writes. The shards stay
 * as they are.
 *
 * @throws UsageError when a shard is missing, unfinished or of another build, BuildStoppedError when the disk refuses.
 */
export async function mergeShards(options: MergeShardsOptions): Promise<BuildReport> {
  const started = performance.now();
  const { out } = options;
  const shards = await findShards(options.shards, out);
  const { settings, versions, scans, splits, leftOut, testScans, excluded } = (shards[0] as (typeof shards)[0]).record;
  const folder = await openOutputFolder(out, {
    resume: options.resume,
    overwrite: options.overwrite,
    firstFiles: scans.map(({ scanId }) => `scenes/${scanId}.json`),
    settings: JSON.stringify({ merge: settings, versions }),
  }).catch((error: unknown) => {
    throw explainFileError(error, out);
  });
  const keptOf = shards.map((shard) => keptFolders(join(shard.folder, WORKING_FOLDER)));
  const kept = scans.map(({ scanId, split }, place) => {
    const owner = shards.findIndex(({ record }) => isInShard(place, record.shard));
    return { scanId, split, kept: keptOf[owner] as (typeof keptOf)[0] };
  });
  try {
    const counts = await mergeResults(folder, { scans: kept, splits, leftOut, settings, versions });
    await publish(folder);
    // What was left out before reading stands in every shard, what could not be read only in its own.
    const unusable = new Set(leftOut.map((reject) => reject.scene_name));
    const own = shards.flatMap(({ record }) => record.failures.filter((reject) => !unusable.has(reject.scene_name)));
    const common = (shards[0] as (typeof shards)[0]).record.failures.filter((reject) =>
      unusable.has(reject.scene_name),
    );
    return buildReport({
      out,
      shard: null,
      settings,
      warnings: shards.flatMap(({ record }) => record.warnings),
      failures: [...common, ...own],
      testScans,
      excluded,
      scansRead: counts.scansRead,
      counts,
      started,
    });
  } catch (error) {
    throw explainStop(error, out);
  }
}
