import { rm } from "node:fs/promises";
import { join } from "node:path";
import { explainStop, publish } from "@vsi/command";
import type { Reject } from "@vsi/dataset";
import { type BuildFolder, openBuildFolder } from "./buildFolder.ts";
import { packageVersions } from "./manifest.ts";
import { mergeResults } from "./mergeResults.ts";
import { type BuildOptions, settingsOf } from "./options.ts";
import { checkVideoEncoder } from "./pipeline/frames.ts";
import { processOptions } from "./pipeline/processScan.ts";
import { runScans } from "./pipeline/runScans.ts";
import { type BuildReport, buildReport } from "./report.ts";
import { findBuildSource } from "./scans/findSource.ts";
import type { SelectedScan } from "./scans/source.ts";
import { isInShard, SHARD_FILE, type ShardRecord, shardFolder, writeShardFile } from "./shards.ts";

/** What a caller may listen to while a build runs. */
export interface BuildListeners {
  /** Before the first scan is read. */
  onStart?: (scans: number) => void;
  onScan?: (scanId: string) => void;
  /** A known irregularity that was repaired, or a scan that was left out. */
  onProblem?: (level: "warn" | "error", message: string) => void;
  /** Stops the build; finished scans are kept for `resume`. */
  signal?: AbortSignal;
}

/**
 * Builds a dataset folder from raw ScanNet scans or published scene facts: every scan becomes facts and questions on its
 * own (in worker threads), then the results are merged in the order of their ids and moved into place. With `shard` only
 * that part of the scans is read, and `mergeShards` makes the dataset of all parts.
 *
 * The same scans, settings and seed give the same bytes, whatever the number of workers, shards or interruptions.
 *
 * @throws UsageError for options that can't be carried out, GeometryError when `scannet` is not a folder of scans,
 * DatasetError when the disk refuses the output folder, BuildStoppedError when it refuses later (--resume then goes on),
 * and the signal's reason. A scan that is broken is reported, not thrown.
 */
export async function buildDataset(options: BuildOptions, listeners: BuildListeners = {}): Promise<BuildReport> {
  const started = performance.now();
  if (options.frames?.video) await checkVideoEncoder();
  const source = await findBuildSource(options);
  const settings = settingsOf(options);
  const versions = await packageVersions();
  const { shard } = options;
  const scans = shard === null ? source.scans : source.scans.filter((_, place) => isInShard(place, shard));
  const path = shard === null ? options.out : shardFolder(options.out, shard);
  const folder = await openBuildFolder(path, {
    resume: options.resume,
    overwrite: options.overwrite,
    scans,
    settings: JSON.stringify({ ...settings, scenes: options.scenes, exclude: options.exclude, shard, versions }),
  });
  for (const reject of source.unusable) listeners.onProblem?.("error", reject.message);
  const { warnings, failures } = await readScans(folder, scans, options, listeners);
  const leftOut = [...source.testScans, ...source.excluded, ...source.unusable];
  const outcome = {
    settings,
    warnings,
    failures: [...source.unusable, ...failures],
    testScans: source.testScans.length,
    excluded: source.excluded.length,
  };
  try {
    if (shard !== null) {
      const record: Omit<ShardRecord, "schema"> = {
        ...outcome,
        shard,
        versions,
        scans: source.scans.map(({ scanId, split }) => ({ scanId, split })),
        splits: source.splits,
        leftOut,
      };
      await writeShardFile(path, record);
      return buildReport({
        ...outcome,
        out: path,
        shard,
        counts: null,
        scansRead: scans.length - failures.length,
        started,
      });
    }
    const kept = source.scans.map(({ scanId, split }) => ({ scanId, split, kept: folder.kept }));
    const counts = await mergeResults(folder, { scans: kept, splits: source.splits, leftOut, settings, versions });
    await publish(folder);
    return buildReport({ ...outcome, out: path, shard: null, counts, scansRead: counts.scansRead, started });
  } catch (error) {
    throw explainStop(error, path);
  }
}

/** Reads every scan into its kept result, and says what was wrong with them. */
async function readScans(
  folder: BuildFolder,
  scans: readonly SelectedScan[],
  options: BuildOptions,
  listeners: BuildListeners,
): Promise<{ warnings: string[]; failures: Reject[] }> {
  const warnings: string[] = [];
  const failures: Reject[] = [];
  // A shard that is built again is not done until it says so again.
  await rm(join(folder.path, SHARD_FILE), { force: true });
  listeners.onStart?.(scans.length);
  await runScans(scans, {
    workers: options.workers,
    kept: folder.kept,
    process: await processOptions(settingsOf(options)),
    signal: listeners.signal ?? new AbortController().signal,
    onScan(summary) {
      for (const warning of summary.warnings) {
        warnings.push(warning);
        listeners.onProblem?.("warn", warning);
      }
      if (summary.failure !== null) {
        failures.push(summary.failure);
        listeners.onProblem?.("error", summary.failure.message);
      }
      listeners.onScan?.(summary.scanId);
    },
  });
  return { warnings, failures };
}
