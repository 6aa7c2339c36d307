import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type FrameSource, findFrames } from "@vsi/geometry/node";
import { datasetOf, type ScanInput } from "./source.ts";

/** A scan's frames without a camera's poses: enough for questions about the room, and for nothing about the camera. */
export interface UnposedSource {
  kind: "video" | "pictures";
  /** The video, or the folder of the pictures. */
  path: string;
  /** The folder that all scans' frames of this kind share, for messages. */
  place: string;
}

/** Pictures as cameras and ffmpeg name them; `n` in the name or not, their order is that of their names' numbers. */
const PICTURE = /^[^.].*\.(jpe?g|png)$/i;

/**
 * Looks for a scan's frames where there are none with poses: `<scanId>.mp4`, or a folder of pictures, below
 * `framesRoot`, or below its folder of the scan's dataset, as VSI-Bench's videos come (`scannet/scene0000_00.mp4`).
 * Without `framesRoot` in the raw scan's own folder (`<scanId>.mp4`), and in exported frames that have no poses at all.
 *
 * @returns null where there are none, or frames with poses.
 */
export async function findUnposedFrames(input: ScanInput, framesRoot: string | null): Promise<UnposedSource | null> {
  const [scanId, dataset] =
    input.kind === "raw"
      ? [input.folder.scanId, datasetOf(input.folder.scanId)]
      : [input.facts.scene_name, input.facts.dataset];
  if (input.kind === "raw") {
    const posed = await findFrames(input.folder, { framesRoot });
    if (posed !== null) {
      if (await hasPoses(posed)) return null;
      const path = await picturesIn(posed.path);
      if (path !== null) return { kind: "pictures", path, place: posed.place };
    }
  }
  const roots = framesRoot === null ? [] : [framesRoot, join(framesRoot, dataset)];
  if (input.kind === "raw" && framesRoot === null) roots.push(input.folder.path);
  for (const root of roots) {
    // A scan's own folder is one of as many as there are scans.
    const place = `${basename(framesRoot === null ? dirname(root) : root)}/*`;
    const video = await videoIn(root, scanId);
    if (video !== null) return { kind: "video", path: video, place };
    const path = await picturesIn(join(root, scanId));
    if (path !== null) return { kind: "pictures", path, place };
  }
  return null;
}

/** The folder of a scan's pictures: its folder of colour images, else itself; null where neither has any. */
async function picturesIn(folder: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const color = names.find((name) => name.toLowerCase() === "color");
  for (const path of [...(color === undefined ? [] : [join(folder, color)]), folder]) {
    if ((await listPictures(path)).length > 0) return path;
  }
  return null;
}

/**
 * The pictures of a folder, its JPEGs where there are any (PNG beside them are depth, or a second copy), in the order of the
 * numbers in their names ("frame_9.jpg" before "frame_10.jpg"), then of the names.
 */
export async function listPictures(folder: string): Promise<string[]> {
  const all = (await readdir(folder).catch(() => [] as string[])).filter((name) => PICTURE.test(name));
  const jpegs = all.filter((name) => /\.jpe?g$/i.test(name));
  const names = jpegs.length > 0 ? jpegs : all.filter((name) => !/depth/i.test(name));
  const numberOf = (name: string): number => Number(/(\d{1,15})\D*$/.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
  const numbered = names.map((name) => ({ name, number: numberOf(name) }));
  numbered.sort((one, other) =>
    one.number === other.number ? (one.name < other.name ? -1 : 1) : one.number - other.number,
  );
  return numbered.map(({ name }) => join(folder, name));
}

/** Videos as datasets and cameras write them (VSI-Bench's mp4, ARKitScenes' mov, ScanNet++'s mkv): ffmpeg reads them all. */
const VIDEO_ENDINGS = ["mp4", "MP4", "mov", "MOV", "mkv", "avi", "webm"] as const;

async function videoIn(root: string, scanId: string): Promise<string | null> {
  for (const ending of VIDEO_ENDINGS) {
    const path = join(root, `${scanId}.${ending}`);
    if ((await stat(path).catch(() => null))?.isFile()) return path;
  }
  return null;
}

/** The other layouts are told by their poses. */
async function hasPoses({ layout, path }: FrameSource): Promise<boolean> {
  if (layout !== "folders") return true;
  const names = await readdir(path).catch(() => [] as string[]);
  return names.some((name) => name.toLowerCase() === "pose");
}
