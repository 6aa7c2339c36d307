import { rm } from "node:fs/promises";
import { join } from "node:path";
import { publish } from "@vsi/command";
import { explainStop } from "@vsi/command/internal";
import type { Reject } from "@vsi/dataset";
import { checkOptions, FUNCTION, type OptionKinds, SIGNAL } from "@vsi/dataset/internal";
import { settingsOf } from "@vsi/publish";
import { type BuildFolder, claimOf, openBuildFolder } from "./buildFolder.ts";
import { mergeResults } from "./mergeResults.ts";
import { type BuildOptions, completeOptions } from "./options.ts";
import { checkVideoEncoder } from "./pipeline/frames.ts";
import { processOptions } from "./pipeline/processScan.ts";
import { runScans } from "./pipeline/runScans.ts";
import { type BuildReport, buildReport } from "./report.ts";
import { embeddedTerms } from "./scans/embeddedTerms.ts";
import { findBuildSource } from "./scans/findSource.ts";
import { surveyFrames } from "./scans/frameSurvey.ts";
import { placedScan, type SelectedScan } from "./scans/source.ts";
import { SHARD_FILE, writeShardFile } from "./shards.ts";

/** What a caller may listen to while a build runs. */
export interface BuildListeners {
  /** What was found, before anything is read: one sentence. */
  onNote?: (message: string) => void;
  /** Before the first scan is read. */
  onStart?: (scans: number) => void;
  /** After each scan that was read or left out. */
  onScan?: (scanId: string) => void;
  /** A known irregularity that was repaired, or a scan that was left out. */
  onProblem?: (level: "warn" | "error", message: string) => void;
  /** Stops the build; finished scans are kept for `resume`. */
  signal?: AbortSignal;
}

const LISTENERS: OptionKinds<BuildListeners> = {
  onNote: FUNCTION,
  onStart: FUNCTION,
  onScan: FUNCTION,
  onProblem: FUNCTION,
  signal: SIGNAL,
};

/**
 * Builds a dataset folder from raw ScanNet scans or published scene facts: every scan becomes facts and questions on
 * its own (in worker threads), then the results are merged in the order of their ids and moved into place. With `shard`
 * only that part of the scans is read, and `mergeShards` makes the dataset of all parts.
 *
 * The same scans, settings and seed give the same bytes, whatever the number of workers, shards or interruptions.
 *
 * @param given what is left out is as the command has it; `scannet` or `metaInfo` must be there.
 * @throws OptionsError for invalid options, UsageError for folders that do not fit and where no scan has frames that were asked for, GeometryError when `scannet` is not a folder of scans, DatasetError when the
 * output folder can't be written, BuildStoppedError when that happens later (--resume then continues), and the signal's
 * reason. Broken scans are reported, not thrown.
 *
 * @example
 * ```js
 * import { buildDataset } from "vsi-build";
 *
 * const { scans_read } = await buildDataset({ scannet: "raw", out: "built", workers: 0, seed: 2 });
 * console.log(scans_read); // 2
 * ```
 */
export async function buildDataset(given: Partial<BuildOptions>, listeners: BuildListeners = {}): Promise<BuildReport> {
  const options = completeOptions(given, "buildDataset");
  checkOptions(listeners, LISTENERS, "buildDataset");
  const started = performance.now();
  if (options.frames?.video) await checkVideoEncoder();
  const source = await findBuildSource(options);
  if (options.frames !== null) {
    const { sentence } = await surveyFrames(source.scans, options.framesRoot);
    listeners.onNote?.(sentence);
  }
  for (const terms of embeddedTerms(source.scans, options)) listeners.onProblem?.("warn", terms);
  const { path, scans, leftOut, claim } = await claimOf(options, source);
  const { settings, versions, workSettings } = claim;
  const { shard } = options;
  const folder = await openBuildFolder(path, claim);
  try {
    if (folder.finished !== undefined) return { ...(folder.finished as BuildReport), out: path };
    // Said once, whatever the number of shards.
    const sourceWarnings = (shard?.index ?? 0) === 0 ? source.warnings : [];
    for (const warning of sourceWarnings) listeners.onProblem?.("warn", warning);
    for (const reject of source.unusable) listeners.onProblem?.("error", reject.message);
    const signal = AbortSignal.any([folder.lock.lost, listeners.signal ?? new AbortController().signal]);
    const { warnings, failures } = await readScans(folder, scans, options, { ...listeners, signal });
    const found = {
      settings,
      warnings: [...sourceWarnings, ...warnings],
      failures: [...source.unusable, ...failures],
      testScans: source.testScans.length,
      excluded: source.excluded.length,
    };
    const outcome = { ...found, out: path, shard, started };
    if (shard !== null) {
      await writeShardFile(path, {
        ...found,
        shard,
        versions,
        scans: source.scans.map(placedScan),
        splits: source.splits,
        isPublished: source.isPublished,
        leftOut,
        keptSettings: workSettings,
      });
      return buildReport({ ...outcome, counts: null, scansRead: scans.length - failures.length });
    }
    const kept = source.scans.map((scan) => ({ ...placedScan(scan), kept: folder.kept }));
    const { splits, isPublished } = source;
    const input = { scans: kept, splits, isPublished, leftOut, settings, versions, signal };
    const counts = await mergeResults(folder, input);
    const report = buildReport({ ...outcome, counts, scansRead: counts.scansRead });
    signal.throwIfAborted();
    await publish(folder, report);
    return { ...report, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    throw explainStop(error, path);
  } finally {
    folder.release();
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
  // A shard that is rebuilt counts as unfinished until it is done again.
  if (options.shard !== null) await rm(join(folder.path, SHARD_FILE), { force: true });
  listeners.onStart?.(scans.length);
  await runScans(scans, {
    workers: options.workers,
    kept: folder.kept,
    process: await processOptions(settingsOf(options), options.framesRoot),
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
