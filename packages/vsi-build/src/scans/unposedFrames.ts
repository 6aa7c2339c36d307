import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { findFrames } from "@vsi/geometry/node";
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
      if (posed.layout !== "folders" || (await hasPoses(posed.path))) return null;
      const color = await colorFolder(posed.path);
      return color === null ? null : { kind: "pictures", path: color, place: posed.place };
    }
  }
  const roots = framesRoot === null ? [] : [framesRoot, join(framesRoot, dataset)];
  if (input.kind === "raw" && framesRoot === null) roots.push(input.folder.path);
  for (const root of roots) {
    const video = await videoIn(root, scanId);
    if (video !== null) return { kind: "video", path: video, place: `${basename(root)}/*` };
    for (const folder of [join(root, scanId, "color"), join(root, scanId)]) {
      if ((await listPictures(folder)).length > 0)
        return { kind: "pictures", path: folder, place: `${basename(root)}/*` };
    }
  }
  return null;
}

/** The pictures of a folder in the order of the numbers in their names ("frame_9.jpg" before "frame_10.jpg"), then of the names. */
export async function listPictures(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [] as string[])).filter((name) => PICTURE.test(name));
  const numberOf = (name: string): number => Number(/(\d{1,15})\D*$/.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
  const numbered = names.map((name) => ({ name, number: numberOf(name) }));
  numbered.sort((one, other) =>
    one.number === other.number ? (one.name < other.name ? -1 : 1) : one.number - other.number,
  );
  return numbered.map(({ name }) => join(folder, name));
}

async function videoIn(root: string, scanId: string): Promise<string | null> {
  const path = join(root, `${scanId}.mp4`);
  return (await stat(path).catch(() => null))?.isFile() ? path : null;
}

async function hasPoses(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => [] as string[]);
  return names.some((name) => name.toLowerCase() === "pose");
}

async function colorFolder(folder: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const name = names.find((one) => one.toLowerCase() === "color");
  return name === undefined ? null : join(folder, name);
}
