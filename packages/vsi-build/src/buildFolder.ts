import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import {
  explainFileError,
  type OutputFolder,
  type OutputFolderOptions,
  openOutputFolder,
  UsageError,
} from "@vsi/command";
import { type FolderAction, planOutputFolder, realPathOfSync, WORKING_FOLDER } from "@vsi/command/internal";
import type { Manifest, Reject } from "@vsi/dataset";
import { statedRoomOf } from "@vsi/dataset/internal";
import { readStatedRooms } from "@vsi/dataset/internal/node";
import { readJsonl } from "@vsi/dataset/node";
import type * as Validate from "@vsi/dataset/validate";
import { DATASET_FILES, DATASET_IDENTITY, type DatasetSettings, settingsOf } from "@vsi/publish";
import { countReject, emptyCounts } from "./counts.ts";
import { buildManifest, packageVersions } from "./manifest.ts";
import type { BuildOptions } from "./options.ts";
import { ALWAYS_KEPT, type KeptFolders, keptFolders } from "./pipeline/keptResults.ts";
import { type BuildReport, buildReport, isBuildReport } from "./report.ts";
import { type BuildSource, datasetOf, type PlacedScan, placedScan, type SelectedScan } from "./scans/source.ts";
import { isInShard, shardFolder } from "./shards.ts";

/** The output folder of a build. */
export interface BuildFolder extends OutputFolder {
  /** Finished scans. */
  kept: KeptFolders;
}

/** What decides whether a build may have a folder. */
export interface BuildClaim {
  resume: boolean;
  overwrite: boolean;
  /** The scans that the dataset may hold, and those left out before they are read. */
  source: { scans: readonly PlacedScan[]; leftOut: readonly Reject[]; testScans: number; excluded: number };
  settings: DatasetSettings;
  versions: Readonly<Record<string, string>>;
  /** Results are kept across --resume only while this text is the same. */
  workSettings: string;
  /** What is read while the folder is written. */
  inputs: readonly InputFolder[];
}

/** A folder that is read. */
interface InputFolder {
  path: string;
  /** What to call it: "the raw scans". */
  noun: string;
  /** Whether what has this path in it, name by name, is read; another folder there is nobody's input. */
  reads: (names: readonly string[]) => boolean;
}

/** The folder that a build writes, which of the scans it reads, and its claim to the folder. */
export async function claimOf(
  options: BuildOptions,
  source: BuildSource,
): Promise<{ path: string; scans: SelectedScan[]; leftOut: Reject[]; claim: BuildClaim }> {
  const { shard, out, scenes, exclude, resume, overwrite } = options;
  const settings = settingsOf(options);
  const versions = await packageVersions();
  const scans = shard === null ? source.scans : source.scans.filter((_, place) => isInShard(place, shard));
  const leftOut = [...source.testScans, ...source.excluded, ...source.unusable];
  // Where the pixels end up has no part in reading scans.
  const workSettings = JSON.stringify({ ...settings, embedFrames: undefined, scenes, exclude, shard, versions });
  const counted = { leftOut, testScans: source.testScans.length, excluded: source.excluded.length };
  return {
    path: shard === null ? out : shardFolder(out, shard),
    scans,
    leftOut,
    claim: {
      resume,
      overwrite,
      source: { scans: scans.map(placedScan), ...counted },
      settings,
      versions,
      workSettings,
      inputs: inputsOf(options, source),
    },
  };
}

/** The raw folder, which may well hold a dataset beside its scans, and the scans, to which links may lead. */
function inputsOf({ scannet }: BuildOptions, { scans }: BuildSource): InputFolder[] {
  if (scannet === null) return [];
  const folders = scans.flatMap(({ input }) => (input.kind === "raw" ? [input.folder] : []));
  return [
    { path: scannet, noun: "the raw scans", reads: isOfScans },
    ...folders.map(({ path, scanId }) => ({ path, noun: `the scan ${scanId}`, reads: () => true })),
  ];
}

/**
 * Whether a path in the raw folder is one that holds scans, or lies in what is a scan by its name. Beside the scans a
 * dataset is nobody's input, by whichever of its names the raw folder was given: ./scannet or ./scannet/scans.
 */
function isOfScans([first = "", ...inner]: readonly string[]): boolean {
  const name = first === "scans" || first === "scans_test" ? inner[0] : first;
  return name === undefined || datasetOf(name) !== "own";
}

/**
 * Claims the output folder for a build or a merge, without touching anything that is not ours.
 *
 * @throws UsageError as in openOutputFolder, DatasetError when the disk refuses.
 */
export async function openBuildFolder(path: string, claim: BuildClaim): Promise<BuildFolder> {
  checkApart(path, claim);
  try {
    const folder = await openOutputFolder(path, folderOptions(path, claim));
    const { workSettings } = claim;
    const kept = keptFolders(folder.workingFolder, workSettings);
    if (folder.finished === undefined) {
      for (const name of ALWAYS_KEPT) await mkdir(join(folder.workingFolder, name), { recursive: true });
    }
    return { ...folder, kept };
  } catch (error) {
    throw explainFileError(error, join(path, WORKING_FOLDER));
  }
}

/**
 * What openBuildFolder would do with the folder, which stays as it is.
 *
 * @throws as openBuildFolder.
 */
export async function planBuildFolder(path: string, claim: BuildClaim): Promise<FolderAction> {
  checkApart(path, claim);
  try {
    return await planOutputFolder(path, folderOptions(path, claim));
  } catch (error) {
    throw explainFileError(error, join(path, WORKING_FOLDER));
  }
}

/**
 * Refuses to write where something is read: a later build would look for scans there, or --overwrite remove what the
 * dataset is made of.
 *
 * @throws UsageError.
 */
function checkApart(path: string, { inputs }: BuildClaim): void {
  const real = realPathOfSync(path);
  const refuse = (where: string): never => {
    throw new UsageError(`--out ${path}: ${where}. Choose a folder elsewhere; nothing was touched.`);
  };
  for (const { path: input, noun, reads } of inputs) {
    const read = realPathOfSync(input);
    if (real === read) refuse(`is the folder of ${noun}`);
    // Other files in a dataset stay, whatever is done to it; whether it is one is looked at later.
    const isDataset = existsSync(join(real, "manifest.json"));
    if (read.startsWith(real + sep) && !isDataset) refuse(`holds the folder of ${noun}, ${input}`);
    const inner = real.startsWith(read + sep) ? relative(read, real).split(sep) : [];
    if (inner.length > 0 && reads(inner)) refuse(`lies within ${noun}, ${input}, where builds look for their input`);
  }
}

function folderOptions(path: string, claim: BuildClaim): OutputFolderOptions {
  const { resume, overwrite, source, workSettings } = claim;
  return {
    command: "vsi-build",
    identity: DATASET_IDENTITY,
    resume,
    overwrite,
    isDone: (realPath) => reportOfFinished(realPath, path, claim),
    isReport: isBuildReport,
    settings: workSettings,
    firstFiles: [...DATASET_FILES, ...source.scans.map(({ scanId }) => `scenes/${scanId}.json`)],
  };
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
  { source, settings, versions }: BuildClaim,
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
