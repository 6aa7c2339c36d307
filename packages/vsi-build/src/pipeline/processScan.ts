import { BuildStoppedError } from "@vsi/command";
import { type Question, type QuestionType, type Reject, type ScanNeed, typeNeeds } from "@vsi/dataset";
import { VideoError } from "@vsi/dataset/internal/node";
import { DatasetError } from "@vsi/dataset/node";
import { type ExclusionReason, GeometryError, type LabelRules, type SceneFacts } from "@vsi/geometry";
import { readLabelRules, readScan, readScanWithMesh } from "@vsi/geometry/node";
import type { DatasetSettings } from "@vsi/publish";
import { FactsError, type GenerateOptions, generateSceneQuestions, PROTOCOLS, type ScenePool } from "@vsi/questions";
import { datasetOf, type ScanInput, scanReject, withStatedRoom } from "../scans/source.ts";
import { findUnposedFrames } from "../scans/unposedFrames.ts";
import { type FrameFolders, readFrames } from "./frames.ts";
import { readUnposedFrames } from "./unposed.ts";

/**
 * One scan from its files to its questions. Depends on the scan and the options alone, so that any order, number of
 * workers or interruption gives the same result.
 *
 * Never throws because of a scan's content: a scan that can't be read becomes a `ScanFailure`.
 *
 * @param folders where sampled frames go; null when none are to be written, whatever the options say.
 * @param onReject gets every refused candidate; of a scan that fails midway it may have got some.
 * @throws DatasetError when the disk refuses a frame, BuildStoppedError where frames can't be decoded on this machine.
 */
export async function processScan(
  input: ScanInput,
  options: ProcessScanOptions,
  folders: FrameFolders | null,
  onReject: (reject: Reject) => void,
): Promise<ScanResult> {
  const { dataset, scanId } = identityOf(input);
  try {
    const { facts: read, warnings } = await readFacts(input, options, folders);
    const facts = input.kind === "raw" ? withStatedRoom(read, input.stated) : read;
    const { questions, pool, notDrawn } = generateSceneQuestions(facts, options.generate, onReject);
    return { status: "read", scanId, facts, questions, pool, notDrawn, warnings };
  } catch (error) {
    if (error instanceof DatasetError || error instanceof BuildStoppedError) throw error;
    return { status: "skipped", scanId, reject: rejectOfScan(dataset, scanId, error) };
  }
}

/** Which scan it is, before it is read. */
export function identityOf(input: ScanInput): { dataset: string; scanId: string } {
  if (input.kind === "published") return { dataset: input.facts.dataset, scanId: input.facts.scene_name };
  return { dataset: datasetOf(input.folder.scanId), scanId: input.folder.scanId };
}

async function readFacts(
  input: ScanInput,
  options: ProcessScanOptions,
  folders: FrameFolders | null,
): Promise<{ facts: SceneFacts; warnings: string[] }> {
  const unposed =
    options.frames === null || folders === null ? null : await findUnposedFrames(input, options.framesRoot);
  if (unposed !== null && options.frames !== null && folders !== null) {
    const { countVisible } = options;
    const read = await readFacts(input, { ...options, frames: null }, null);
    const frames = await readUnposedFrames(identityOf(input).scanId, unposed, {
      ...options.frames,
      ...folders,
      countVisible,
    });
    return { facts: { ...read.facts, unposed_frames: frames }, warnings: read.warnings };
  }
  if (input.kind === "published") {
    if (folders !== null && options.frames !== null) throw videoMissing(input.facts);
    return { facts: input.facts, warnings: [] };
  }
  const { labelRules, unlistedLabels, box, surfaceDistances, walkable } = options;
  const { dataset } = identityOf(input);
  const reading = { dataset, labelRules, unlistedLabels, box, surfaceDistances, walkable };
  if (options.frames === null || folders === null) return readScan(input.folder, reading);
  const { scan, facts, warnings } = await readScanWithMesh(input.folder, reading);
  const { camera, warnings: leftOut } = await readFrames(input.folder, scan, {
    ...options.frames,
    ...folders,
    minimumPixels: options.minVisiblePixels,
    firstSeen: options.firstSeen,
    framesRoot: options.framesRoot,
  });
  return { facts: { ...facts, camera }, warnings: [...warnings, ...leftOut] };
}

function videoMissing({ dataset, scene_name }: SceneFacts): GeometryError {
  return new GeometryError("stream-missing", {
    file: scene_name,
    place: "file",
    got: "no video or pictures of this scene in --frames-root",
    expected: `${scene_name}.mp4 or a folder ${scene_name}, there or in ${dataset}`,
    advice: "Download its video, or leave the scene out with --exclude.",
  });
}

function rejectOfScan(dataset: string, scanId: string, error: unknown): Reject {
  const known = error instanceof GeometryError || error instanceof FactsError || error instanceof VideoError;
  const message = error instanceof Error ? error.message : String(error);
  return known
    ? scanReject(dataset, scanId, error.code, message)
    : scanReject(
        dataset,
        scanId,
        "unexpected-error",
        `${scanId}: ${message}. This is a bug in vsi-build: please report it with this line.`,
      );
}

/** What one scan's work depends on besides the scan. Plain data: it travels to the worker threads. */
export interface ProcessScanOptions extends Omit<DatasetSettings, "split" | "target" | "format" | "pixels"> {
  labelRules: LabelRules;
  /** The settings that questions are made by. */
  generate: Partial<GenerateOptions>;
  /** Why questions may not name what the label rules do not list. */
  unlistedLabels: ExclusionReason | null;
  /** Whether distances between the closest vertices are needed: they cost more than all the rest. */
  surfaceDistances: boolean;
  /** Whether the whole stream is gone through for when each object first appears: 30 % more than the sampled frames cost (benchmarks: appearance). */
  firstSeen: boolean;
  /** Where the scans' frames are, as `findFrames` takes it. */
  framesRoot: string | null;
  /** Whether the mesh's free floor is needed, for routes. */
  walkable: boolean;
}

/** Completes the settings with the label table and what the protocol needs to know of a scan. */
export async function processOptions(
  settings: DatasetSettings,
  framesRoot: string | null = null,
): Promise<ProcessScanOptions> {
  // The benchmark has its own names and asks only about its own set; with raw labels everything nameable is asked
  // about.
  const isBenchmarkSet = settings.protocol === "vsi-bench" && settings.labels === "canonical";
  const needs = (need: ScanNeed) => settings.types.some((type) => typeNeeds(type, need));
  // Loaded here and not by the threads that read scans, which need nothing else of it: 120 modules, ajv among them.
  const { generateOptionsOf } = await import("@vsi/publish");
  const distances = settings.distance === null ? PROTOCOLS[settings.protocol].distances : [settings.distance];
  return {
    ...settings,
    framesRoot,
    generate: generateOptionsOf(settings),
    labelRules: await readLabelRules(isBenchmarkSet ? "vsi-bench" : "canonical"),
    unlistedLabels: isBenchmarkSet ? "not-in-benchmark" : null,
    surfaceDistances: distances.includes("surface"),
    walkable: needs("walkable"),
    firstSeen: settings.frames !== null && needs("first-seen"),
  };
}

/** A scan that became questions. Kept as one JSON file until all scans are done. */
export interface ScanSuccess {
  status: "read";
  scanId: string;
  facts: SceneFacts;
  /** Without those of pooled types, which are picked over all scans. */
  questions: Question[];
  pool: ScenePool;
  notDrawn: Partial<Record<QuestionType, number>>;
  /** Known irregularities that were repaired. */
  warnings: string[];
}

/** A scan that was left out: its files are not what they should be. */
export interface ScanFailure {
  status: "skipped";
  scanId: string;
  reject: Reject;
}

export type ScanResult = ScanSuccess | ScanFailure;
