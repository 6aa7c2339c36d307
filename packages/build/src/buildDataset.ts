import type { Reject } from "@vsi/dataset";
import type { BuildOptions, DatasetSettings } from "./buildOptions.ts";
import type { BuildReport } from "./buildReport.ts";
import { checkVideoEncoder } from "./frames/writeVideo.ts";
import { type BuildCounts, questionsOfType } from "./output/buildCounts.ts";
import { explainFileError, explainStop } from "./output/explainFileError.ts";
import { mergeResults } from "./output/mergeResults.ts";
import { openOutputFolder } from "./output/outputFolder.ts";
import { packageVersions } from "./output/packageVersions.ts";
import { publish } from "./output/publish.ts";
import { processOptions } from "./pipeline/processOptions.ts";
import { runScans } from "./pipeline/runScans.ts";
import { findBuildSource } from "./scans/findBuildSource.ts";

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
 * Builds a dataset folder from raw ScanNet scans or published scene facts: every scan becomes facts and questions on its own (in worker
 * threads), then the results are merged in the order of their ids and moved into place.
 *
 * The same scans, settings and seed give the same bytes, whatever the number of workers or interruptions.
 *
 * @throws UsageError for options that can't be carried out, GeometryError when `scannet` is not a folder of scans,
 * DatasetError when the disk refuses the output folder, BuildStoppedError when it refuses later (--resume then goes on),
 * and the signal's reason. A scan that is broken is reported, not thrown.
 */
export async function buildDataset(options: BuildOptions, listeners: BuildListeners = {}): Promise<BuildReport> {
  const started = performance.now();
  if (options.frames?.video) await checkVideoEncoder();
  const source = await findBuildSource(options);
  const { scans, testScans, unusable } = source;
  const settings = settingsOf(options);
  const versions = await packageVersions();
  const folder = await openOutputFolder(options.out, {
    resume: options.resume,
    overwrite: options.overwrite,
    firstFiles: scans.map((scan) => `scenes/${scan.scanId}.json`),
    settings: JSON.stringify({ ...settings, scenes: options.scenes, versions }),
  }).catch((error: unknown) => {
    throw explainFileError(error, options.out);
  });
  const signal = listeners.signal ?? new AbortController().signal;
  const warnings: string[] = [];
  const failures: Reject[] = [...unusable];
  listeners.onStart?.(scans.length);
  for (const reject of unusable) listeners.onProblem?.("error", reject.message);
  await runScans(scans, {
    workers: options.workers,
    working: folder,
    process: await processOptions(settings),
    signal,
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
  const counts = await mergeResults(folder, { ...source, leftOut: [...testScans, ...unusable], settings, versions })
    .then(async (merged) => {
      await publish(folder);
      return merged;
    })
    .catch((error: unknown) => {
      throw explainStop(error, options.out);
    });
  return {
    out: options.out,
    scans_read: counts.scansRead,
    scans_skipped: failures
      .map((reject) => ({ scan: reject.scene_name, code: reject.code, message: reject.message }))
      .sort((a, b) => (a.scan < b.scan ? -1 : 1)),
    test_scans: testScans.length,
    warnings: warnings.sort(),
    questions: questionRows(settings, counts),
    seconds: (performance.now() - started) / 1000,
  };
}

/** The part of the options that decides the dataset's bytes, in a fixed order of keys. */
export function settingsOf(options: BuildOptions): DatasetSettings {
  const { protocol, types, labels, distance, split, seed, maxPerScene, box } = options;
  const { frames, minVisiblePixels, countVisible } = options;
  return { protocol, types, labels, distance, split, seed, maxPerScene, box, frames, minVisiblePixels, countVisible };
}

function questionRows(settings: DatasetSettings, counts: BuildCounts): BuildReport["questions"] {
  return Object.fromEntries(
    settings.types.map((type) => [type, { made: questionsOfType(counts, type), refused: counts.refused[type] ?? 0 }]),
  );
}
