import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { checkOptions, type OptionKinds, orNull, PATH } from "@vsi/dataset/internal";
import type { FrameStream } from "../camera/frames.ts";
import { GeometryError } from "../errors.ts";
import { openExportedFrames } from "./exportedFrames.ts";
import { type FrameLayout, frameLayout } from "./frameLayouts.ts";
import { checkScanFolder, type ScanFolder } from "./scanFolders.ts";
import { openSensStream } from "./sensStream.ts";

/** Where to look for a scan's frames; the defaults are FRAME_SOURCE_DEFAULTS. */
export interface FrameSourceOptions {
  /** The only folder to look in: `<framesRoot>/<scanId>` and so on. Null: in and beside the scan's folder. */
  framesRoot: string | null;
}

export const FRAME_SOURCE_DEFAULTS: FrameSourceOptions = { framesRoot: null };

export const FRAME_SOURCE_OPTIONS: OptionKinds<FrameSourceOptions> = { framesRoot: orNull(PATH) };

/** A scan's frames as they lie on the disk. */
export interface FrameSource {
  /** The .sens file, or the folder of the exported frames. */
  path: string;
  /** The same for messages and records: "frames/scene0000_00". */
  file: string;
  layout: FrameLayout | ".sens";
  /** The folder that all scans' frames of this kind share: "frames", "posed_images", "scans/*". */
  place: string;
}

/** Folders of exported frames, by the names they have in the wild, below the raw folder or --frames-root. */
const EXPORT_FOLDERS = ["frames", "scannet_frames_25k", "posed_images"] as const;

/**
 * Looks for a scan's frames: `<scanId>.sens` or exported frames in its folder, or exported frames in
 * `frames/<scanId>`, `scannet_frames_25k/<scanId>` or `posed_images/<scanId>` of the raw folder. With `framesRoot` only
 * there: the same names, and `<scanId>` itself.
 *
 * @returns null where there are none.
 * @throws OptionsError for an option that does not exist.
 *
 * @example
 * ```js
 * import { findFrames, findScans } from "@vsi/geometry/node";
 *
 * const [scan] = await findScans("./raw");
 * const source = await findFrames(scan);
 * console.log(source?.layout ?? "no frames"); // no frames
 * ```
 */
export async function findFrames(
  folder: ScanFolder,
  options: Partial<FrameSourceOptions> = {},
): Promise<FrameSource | null> {
  checkScanFolder(folder, "findFrames");
  checkOptions(options, FRAME_SOURCE_OPTIONS, "findFrames");
  for await (const source of sourcesOf(folder, options.framesRoot ?? null)) return source;
  return null;
}

/** All that there is, in the order in which it is taken. */
async function* sourcesOf(folder: ScanFolder, framesRoot: string | null): AsyncGenerator<FrameSource> {
  let unfinished: FrameSource | null = null;
  for (const candidate of candidatesOf(folder, framesRoot)) {
    const { path, layout } = candidate;
    const status = await stat(path).catch(() => null);
    if (status === null) continue;
    if (layout === ".sens") yield { ...candidate, layout };
    if (layout === ".sens" || !status.isDirectory()) continue;
    const found = await frameLayout(path);
    if (found !== null) yield { ...candidate, layout: found };
    // Made for frames and without any: opening it says what should be there.
    else if (candidate.isExport) unfinished ??= { ...candidate, layout: "folders" };
  }
  if (unfinished !== null) yield unfinished;
}

interface Candidate extends Omit<FrameSource, "layout"> {
  layout: ".sens" | null;
  /** Whether the folder can be nothing else than a scan's frames. */
  isExport: boolean;
}

function candidatesOf({ scanId, path }: ScanFolder, framesRoot: string | null): Candidate[] {
  const sens = (parent: string, shown: string, place: string): Candidate => {
    return { path: join(parent, `${scanId}.sens`), file: shown, place, layout: ".sens", isExport: false };
  };
  const frames = (parent: string, name: string): Candidate => {
    return { path: join(parent, name, scanId), file: `${name}/${scanId}`, place: name, layout: null, isExport: true };
  };
  const shown = framesRoot === null ? basename(dirname(path)) : basename(framesRoot);
  const own = (inside: string, isExport: boolean): Candidate => {
    return { path: inside, file: scanId, place: `${shown}/*`, layout: null, isExport };
  };
  if (framesRoot !== null) {
    const inside = join(framesRoot, scanId);
    return [
      sens(inside, `${scanId}/${scanId}.sens`, `${shown}/*`),
      sens(framesRoot, `${scanId}.sens`, shown),
      own(inside, true),
      ...[...EXPORT_FOLDERS, "scans"].map((name) => frames(framesRoot, name)),
    ];
  }
  const root = dirname(path);
  return [
    sens(path, `${scanId}/${scanId}.sens`, `${shown}/*`),
    // `<root>/scans/<scanId>` keeps its frames in `<root>/frames`, `<root>/<scanId>` too.
    ...[dirname(root), root].flatMap((parent) => EXPORT_FOLDERS.map((name) => frames(parent, name))),
    own(path, false),
  ];
}

/**
 * Opens a scan's frames where `findFrames` finds them; of a damaged `.sens` file beside exported frames with poses, these,
 * with the file's fault as `insteadOf`.
 *
 * @throws GeometryError "stream-missing" when there are none, and those of `openSensStream` and `openExportedFrames`.
 *
 * @example
 * ```js
 * import { findScans, openFrameStream } from "@vsi/geometry/node";
 * import { writeRawScanNet } from "@vsi/synth/node";
 *
 * await writeRawScanNet("filmed", { rooms: 1, seed: 1, frames: 4 });
 * const stream = await openFrameStream((await findScans("filmed"))[0]);
 * console.log(stream.frames.length); // 4
 * await stream.close();
 * ```
 */
export async function openFrameStream(
  folder: ScanFolder,
  options: Partial<FrameSourceOptions> = {},
): Promise<FrameStream> {
  checkScanFolder(folder, "openFrameStream");
  checkOptions(options, FRAME_SOURCE_OPTIONS, "openFrameStream");
  let damaged: GeometryError | null = null;
  for await (const { path, file, layout } of sourcesOf(folder, options.framesRoot ?? null)) {
    if (damaged !== null) {
      const stream = layout === ".sens" ? null : await openExportedFrames(path, { file }).catch(() => null);
      if (stream?.frames.some(({ hasValidPose }) => hasValidPose)) return { ...stream, insteadOf: damaged };
      continue;
    }
    if (layout !== ".sens") return openExportedFrames(path, { file });
    try {
      return await openSensStream(path, { file });
    } catch (error) {
      if (!isSensDamage(error)) throw error;
      damaged = error;
    }
  }
  throw damaged ?? streamMissing(folder.scanId, options.framesRoot ?? null);
}

/** Not what the disk or permissions are at fault for. */
function isSensDamage(error: unknown): error is GeometryError {
  return error instanceof GeometryError && (error.code.startsWith("sens-") || error.code === "file-empty");
}

function streamMissing(scanId: string, framesRoot: string | null): GeometryError {
  const exports = EXPORT_FOLDERS.map((name) => `${name}/${scanId}`).join(", ");
  return new GeometryError("stream-missing", {
    file: framesRoot === null ? `${scanId}/${scanId}.sens` : scanId,
    place: "file",
    got: framesRoot === null ? "neither this file nor exported frames" : "nothing of this scan in --frames-root",
    expected: `the scan's stream, or exported frames in ${framesRoot === null ? "its folder" : scanId}, ${exports}`,
    advice:
      "Download it with ScanNet's download script (--type .sens), say where the frames are (--frames-root), or build without --frames.",
  });
}
