import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { explainFileError, type OutputFolder, openOutputFolder } from "@vsi/command";
import { WORKING_FOLDER } from "@vsi/command/internal";
import type { Manifest, Reject } from "@vsi/dataset";
import { statedRoomOf } from "@vsi/dataset/internal";
import { readStatedRooms } from "@vsi/dataset/internal/node";
import { readJsonl } from "@vsi/dataset/node";
import type * as Validate from "@vsi/dataset/validate";
import { DATASET_FILES, DATASET_IDENTITY, type DatasetSettings } from "@vsi/publish";
import { countReject, emptyCounts } from "./counts.ts";
import { buildManifest } from "./manifest.ts";
import { ALWAYS_KEPT, type KeptFolders, keptFolders } from "./pipeline/keptResults.ts";
import { type BuildReport, buildReport, isBuildReport } from "./report.ts";
import type { PlacedScan } from "./scans/source.ts";

/** The output folder of a build. */
export interface BuildFolder extends OutputFolder {
  /** Finished scans. */
  kept: KeptFolders;
}

interface OpenBuildFolderOptions {
  resume: boolean;
  overwrite: boolean;
  /** The scans that the dataset may hold, and those left out before they are read. */
  source: { scans: readonly PlacedScan[]; leftOut: readonly Reject[]; testScans: number; excluded: number };
  settings: DatasetSettings;
  versions: Readonly<Record<string, string>>;
  /** Results are kept across --resume only while this text is the same. */
  workSettings: string;
}

/**
 * Claims the output folder for a build or a merge, without touching anything that is not ours.
 *
 * @throws UsageError as in openOutputFolder, DatasetError when the disk refuses.
 */
export async function openBuildFolder(path: string, options: OpenBuildFolderOptions): Promise<BuildFolder> {
  const { resume, overwrite, source, workSettings } = options;
  try {
    const folder = await openOutputFolder(path, {
      command: "vsi-build",
      identity: DATASET_IDENTITY,
      resume,
      overwrite,
      isDone: (realPath) => reportOfFinished(realPath, path, options),
      isReport: isBuildReport,
      settings: workSettings,
      firstFiles: [...DATASET_FILES, ...source.scans.map(({ scanId }) => `scenes/${scanId}.json`)],
    });
    const kept = keptFolders(folder.workingFolder, workSettings);
    if (folder.finished === undefined) {
      for (const name of ALWAYS_KEPT) await mkdir(join(folder.workingFolder, name), { recursive: true });
    }
    return { ...folder, kept };
  } catch (error) {
    throw explainFileError(error, join(path, WORKING_FOLDER));
  }
}

/** Scans left out on purpose; these are not failures. */
const NO_FAILURES: ReadonlySet<string> = new Set(["test-scan", "excluded"]);

/**
 * What a finished folder's build reported, warnings aside; null when the folder was made with other settings, versions
 * scans or tables of rooms than these.
 */
async function reportOfFinished(
  realPath: string,
  out: string,
  { source, settings, versions }: OpenBuildFolderOptions,
): Promise<BuildReport | null> {
  const started = performance.now();
  const manifest = await readManifest(join(realPath, "manifest.json"));
  const { counts: _, inputs: __, ...expected } = buildManifest(settings, emptyCounts([]), versions);
  const { counts: made, inputs, ...found } = manifest;
  if (JSON.stringify(found) !== JSON.stringify(expected)) return null;
  const skipped = Object.values(inputs.scans_skipped).reduce((sum, scans) => sum + scans, 0);
  if (inputs.scans_read + skipped !== source.scans.length + source.leftOut.length) return null;
  const scanIds = new Set(source.scans.map(({ scanId }) => `${scanId}.json`));
  const names = await readdir(join(realPath, "scenes"));
  if (names.some((name) => !scanIds.has(name))) return null;
  const rooms = await readStatedRooms(realPath, manifest);
  const isChanged = source.scans.some((scan) => {
    const found = statedRoomOf(rooms.get(scan.scanId) ?? {});
    return names.includes(`${scan.scanId}.json`) && JSON.stringify(found) !== JSON.stringify(statedRoomOf(scan));
  });
  if (isChanged) return null;
  const { scans_read: scansRead, rooms_learnt_from: roomsLearntFrom = 0 } = inputs;
  const counts = { ...emptyCounts([]), questions: made.questions, scansRead, roomsLearntFrom };
  const failures = [];
  const file = join(realPath, "rejects.jsonl");
  const validate: typeof Validate = await import("@vsi/dataset/validate");
  for await (const { line, record } of readJsonl(file)) {
    validate.validateReject(record, { file, place: `line ${line}` });
    countReject(counts, record);
    if (record.question_type === null && !NO_FAILURES.has(record.code)) failures.push(record);
  }
  const { testScans, excluded } = source;
  return buildReport({
    out,
    shard: null,
    settings,
    warnings: [],
    failures,
    testScans,
    excluded,
    scansRead,
    counts,
    started,
  });
}

async function readManifest(file: string): Promise<Manifest> {
  const manifest: unknown = JSON.parse(await readFile(file, "utf8"));
  // Loaded where it is needed: a schema compiler, and a new folder has nothing to check.
  const validate: typeof Validate = await import("@vsi/dataset/validate");
  validate.validateManifest(manifest, { file });
  return manifest;
}
