import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import type { FolderAction } from "@vsi/command/internal";
import type { Question } from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import type { ScanFolder } from "@vsi/geometry/node";
import { type DatasetSettings, generateOptionsOf, settingsOf } from "@vsi/publish";
import { selectQuestions, TARGETS } from "@vsi/questions";
import { type BuildClaim, claimOf, planBuildFolder } from "./buildFolder.ts";
import { type BuildOptions, completeOptions } from "./options.ts";
import { processOptions, processScan, type ScanSuccess } from "./pipeline/processScan.ts";
import { countRefusals } from "./pipeline/refusals.ts";
import { findBuildSource } from "./scans/findSource.ts";
import { surveyFrames } from "./scans/frameSurvey.ts";
import { publishedFiles } from "./scans/publishedSource.ts";
import { datasetOf, type SelectedScan } from "./scans/source.ts";

/** Scans that are really read, spread over the whole list, to tell how large the dataset will be. */
const SAMPLED_SCANS = 3;

/** What a build would read and write. */
export interface DryRunReport {
  scans: number;
  test_scans: number;
  /** Bytes of the files that would be read: meshes and annotation, or published facts. */
  read_bytes: number;
  /** Bytes of the .sens files, from which only the headers and the frames needed are read; 0 without `frames`. */
  sens_bytes: number;
  /** The folder that would be written: a shard's is beside the dataset. */
  out: string;
  /** What would become of that folder. */
  out_action: FolderAction | "refuse";
  /** The same in a sentence: what is there, and with "refuse" the build's own error. */
  out_note: string;
  /** Scaled up from `sampled_scans` scans that were read in full. */
  estimated_questions: number;
  estimated_bytes: number;
  sampled_scans: string[];
  /**
   * Whether questions about frames and the frames' bytes are part of the estimates: streams are not read here, so not
   * with `frames`.
   */
  counts_frames: boolean;
  /** Where the scans' frames were found, one sentence; null without `frames`. */
  frames: string | null;
  /** What the source leaves in doubt, such as rooms that may be in two splits, one sentence each. */
  warnings: string[];
}

/**
 * Says what a build would read and write, without writing anything.
 *
 * @example
 * ```js
 * import { dryRun } from "vsi-build";
 *
 * const { scans, estimated_questions } = await dryRun({ scannet: "raw" });
 * console.log(scans, estimated_questions > 50); // 2 true
 * ```
 */
export async function dryRun(given: Partial<BuildOptions>): Promise<DryRunReport> {
  const options = completeOptions(given, "dryRun");
  const source = await findBuildSource(options);
  const { testScans, warnings } = source;
  const frames = options.frames === null ? null : await surveyFrames(source.scans, options.framesRoot);
  const { path, scans, claim } = await claimOf(options, source);
  let readBytes = 0;
  const published = options.metaInfo === null ? [] : await publishedFiles(options.metaInfo);
  for (const file of published) readBytes += (await stat(file)).size;
  for (const { input } of scans) if (input.kind === "raw") readBytes += await sizeOfNeededFiles(input.folder);
  const sample = spread(scans, SAMPLED_SCANS);
  const process = await processOptions(settingsOf(options));
  const read = new Map<string, ScanSuccess>();
  let bytes = 0;
  for (const scan of sample) {
    const refusals = countRefusals();
    const result = await processScan(scan.input, process, null, refusals.take);
    if (result.status === "skipped") continue;
    read.set(scan.scanId, result);
    bytes += Buffer.byteLength(JSON.stringify(result.facts)) + refusals.bytes();
  }
  const questions = await selectedQuestions(sample, read, settingsOf(options));
  bytes += Buffer.byteLength(JSON.stringify(questions));
  const scale = sample.length === 0 ? 0 : scans.length / sample.length;
  return {
    scans: scans.length,
    test_scans: testScans.length,
    read_bytes: readBytes,
    sens_bytes: scans.reduce((bytes, { scanId }) => bytes + (frames?.sensBytes.get(scanId) ?? 0), 0),
    out: path,
    ...(await folderPlan(path, claim)),
    estimated_questions: Math.round(questions.length * scale),
    estimated_bytes: Math.round(bytes * scale),
    sampled_scans: sample.map((scan) => scan.scanId),
    counts_frames: options.frames === null,
    frames: frames?.sentence ?? null,
    warnings,
  };
}

/** What a build would do with its folder, in words. */
const ACTIONS: Readonly<Record<FolderAction, (path: string) => string>> = {
  make: (path) => `would make ${path}`,
  fill: (path) => `would write into ${path}, which is empty`,
  continue: (path) => `would continue the interrupted build in ${path}`,
  "begin again": (path) => `would start over the interrupted build in ${path}`,
  replace: (path) => `would replace the dataset in ${path}`,
  finish: (path) => `would only move the files of the finished build in ${path} into their place`,
  nothing: (path) => `would do nothing: ${path} holds this very dataset`,
};

/** Says what openBuildFolder would do, or how it would refuse. */
async function folderPlan(path: string, claim: BuildClaim): Promise<Pick<DryRunReport, "out_action" | "out_note">> {
  try {
    const action = await planBuildFolder(path, claim);
    return { out_action: action, out_note: ACTIONS[action](path) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { out_action: "refuse", out_note: `${error.message}${await sameNote(path, claim)}` };
  }
}

/** Whether what is there, and is refused without a flag, is of this build. */
async function sameNote(path: string, claim: BuildClaim): Promise<string> {
  if (claim.resume || claim.overwrite) return "";
  const actionWith = (flag: object) => planBuildFolder(path, { ...claim, ...flag }).catch(() => null);
  const resumed = await actionWith({ resume: true });
  if (resumed === "nothing") return " It is the very dataset that this build would make.";
  if (resumed === "continue") return " Its settings are those of this build.";
  const isOurs = ["replace", "begin again"].includes((await actionWith({ overwrite: true })) ?? "");
  return isOurs ? " Its settings, scans or versions are not those of this build." : "";
}

/** What the stage over all scans would keep, were these scans all there are. */
async function selectedQuestions(
  scans: readonly SelectedScan[],
  read: ReadonlyMap<string, ScanSuccess>,
  settings: DatasetSettings,
): Promise<Question[]> {
  const target = settings.target === null ? null : TARGETS[settings.target];
  const selection = await selectQuestions(scans, async ({ scanId }) => read.get(scanId) ?? null, {
    generate: generateOptionsOf(settings),
    target,
  });
  const questions: Question[] = [];
  for (const result of read.values()) {
    questions.push(...(await selection.select(result, async () => result.facts)).questions);
  }
  return questions;
}

/** After which the dataset is not written anew. */
const WRITES_NOTHING: readonly DryRunReport["out_action"][] = ["refuse", "nothing", "finish"];

/** The dry run as a person reads it. */
export function describeDryRun(report: DryRunReport): string {
  const streams = report.sens_bytes === 0 ? "" : `, and frames out of ${megabytes(report.sens_bytes)} of .sens files`;
  const amount = `about ${countOf(report.estimated_questions, "question")}, ${megabytes(report.estimated_bytes)}`;
  return [
    `would read   ${countOf(report.scans, "scan")}, ${megabytes(report.read_bytes)}${streams}`,
    ...(report.test_scans > 0 ? [`would skip   ${countOf(report.test_scans, "test scan")} without annotation`] : []),
    WRITES_NOTHING.includes(report.out_action) ? `would make   ${amount}` : `would write  ${amount}, to ${report.out}`,
    report.out_action === "refuse" ? "would be refused: the error says why" : report.out_note,
    `(estimated from ${report.sampled_scans.join(", ")}; nothing was written)`,
    ...(report.frames === null ? [] : [report.frames]),
    ...(report.counts_frames ? [] : ["(without the frames and the questions about them: streams are not read here)"]),
    ...report.warnings.map((warning) => `warning: ${warning}`),
  ].join("\n");
}

/** Less would read as 0 MB. */
const SMALLEST_SHOWN = 50_000;

function megabytes(bytes: number): string {
  if (bytes < SMALLEST_SHOWN) return "less than 0.1 MB";
  return `${(bytes / 1e6).toLocaleString("en-US", { maximumFractionDigits: 1 })} MB`;
}

/** Evenly spread scans: the first of each of `count` equal parts of the list. */
function spread(scans: readonly SelectedScan[], wanted: number): SelectedScan[] {
  const count = Math.min(wanted, scans.length);
  const starts = new Set(Array.from({ length: count }, (_, index) => Math.floor((index * scans.length) / count)));
  return scans.filter((_, place) => starts.has(place));
}

/**
 * Mesh, segments, aggregation and calibration; a scan's other files (stream, instance masks) are not opened. Of a room of
 * one's own without a mesh of ScanNet's name, the meshes and tables.
 */
async function sizeOfNeededFiles(scan: ScanFolder): Promise<number> {
  const present: string[] = await readdir(scan.path).catch(() => []);
  const named = NEEDED_ENDINGS.map((ending) => `${scan.scanId}${ending}`).filter((name) => present.includes(name));
  const isOwn = datasetOf(scan.scanId) === "own" && !named.includes(`${scan.scanId}${NEEDED_ENDINGS[0]}`);
  let bytes = 0;
  for (const name of isOwn ? present.filter((file) => /\.(?:ply|csv|tsv|json|txt)$/i.test(file)) : named) {
    bytes += (await stat(join(scan.path, name)).catch(() => ({ size: 0 }))).size;
  }
  return bytes;
}

const NEEDED_ENDINGS = ["_vh_clean_2.ply", "_vh_clean_2.0.010000.segs.json", ".aggregation.json", ".txt"] as const;
