import { physicalRoomOf, type Reject } from "@vsi/dataset";
import { findScans, readLabelRules, readSplits, type ScanFolder } from "@vsi/geometry/node";
import type { BuildOptions, DatasetSettings } from "./buildOptions.ts";
import type { BuildReport } from "./buildReport.ts";
import { type BuildCounts, questionsOfType } from "./output/buildCounts.ts";
import { explainFileError, explainStop } from "./output/explainFileError.ts";
import { mergeResults } from "./output/mergeResults.ts";
import { openOutputFolder } from "./output/outputFolder.ts";
import { packageVersions } from "./output/packageVersions.ts";
import { publish } from "./output/publish.ts";
import { runScans } from "./pipeline/runScans.ts";
import { datasetOf } from "./scans/datasetOf.ts";
import { type ScanSelection, selectScans } from "./scans/selectScans.ts";

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
 * Builds a dataset folder from raw ScanNet scans: every scan becomes facts and questions on its own (in worker
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
  const { scans, testScans } = await findSelectedScans(options);
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
  const failures: Reject[] = [];
  listeners.onStart?.(scans.length);
  await runScans(scans, {
    workers: options.workers,
    resultsFolder: folder.resultsFolder,
    process: { ...settings, labelRules: await readLabelRules() },
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
  const counts = await mergeResults(folder, { scans, leftOut: testScans.map(rejectOfTestScan), settings, versions })
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

/** Looks at the disk and the official splits; shared with the dry run. */
export async function findSelectedScans(
  options: Pick<BuildOptions, "scannet" | "split" | "scenes" | "seed">,
): Promise<ScanSelection> {
  const found = await findScans(options.scannet);
  return selectScans(found, { ...options, splitsByRoom: await readSplits() });
}

/** The part of the options that decides the dataset's bytes, in a fixed order of keys. */
export function settingsOf(options: BuildOptions): DatasetSettings {
  const { protocol, types, split, seed, maxPerScene, box } = options;
  return { protocol, types, split, seed, maxPerScene, box };
}

function questionRows(settings: DatasetSettings, counts: BuildCounts): BuildReport["questions"] {
  return Object.fromEntries(
    settings.types.map((type) => [type, { made: questionsOfType(counts, type), refused: counts.refused[type] ?? 0 }]),
  );
}

function rejectOfTestScan(scan: ScanFolder): Reject {
  return {
    schema: "vsi-reject/1",
    dataset: datasetOf(scan.scanId),
    scene_name: scan.scanId,
    question_type: null,
    code: "test-scan",
    message: `${scan.scanId}: ${physicalRoomOf(scan.scanId)} is in ScanNet's test split, which carries no annotation.`,
    object_ids: [],
    value: null,
    limit: null,
    unit: null,
  };
}
