import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { checkArguments, checkOptions, PATH, TEXT } from "@vsi/dataset/internal";
import type { FrameStream, StreamFrame } from "../camera/frames.ts";
import { colorImageFault, PNG_SIZE_BYTES, pngSize } from "../camera/images.ts";
import { isCameraPose, isIntrinsicMatrix, readMatrixText } from "../camera/pose.ts";
import { GeometryError } from "../errors.ts";
import { isFrameDamage } from "./damagedFrames.ts";
import { isMissingFile, openScanFile, readBlock, readScanFile, toFileError } from "./files.ts";

/** Where exported frames come from, for messages. */
export interface ExportedFramesOptions {
  /** The folder as the user knows it, POSIX separators; the path by default. */
  file: string;
}

/** ScanNet's PNG depth holds millimetres (SensReader/python). */
const DEPTH_SHIFT = 1000;

const ADVICE = `Export the frames again, or take the scan's .sens file. Exported frames look like this:
  <root>/frames/scene0000_00/color/0.jpg
  <root>/frames/scene0000_00/pose/0.txt
  <root>/frames/scene0000_00/intrinsic/intrinsic_color.txt
  <root>/frames/scene0000_00/intrinsic/intrinsic_depth.txt`;

/**
 * Opens frames that others exported from a scan's `.sens` file: `color/<n>.jpg`, `pose/<n>.txt`, and
 * `intrinsic_color.txt` and
 * `intrinsic_depth.txt` in `intrinsic/` (ScanNet's SensReader/python) or in the folder itself (`intrinsics_color.txt` in ScanNet's
 * own 25,000 frames). The first readable `depth/<n>.png` tells the depth images' size; pixels are not read: `readDepth`
 * gives null. No times. A frame whose pose is missing or broken has it as `poseFault` ("frames-pose-missing",
 * "file-empty" and those of `readMatrixText`).
 *
 * Its `readColor` throws GeometryError "frames-no-frame", "frames-bad-color", "frames-color-truncated" and the codes of
 * `openScanFile`.
 *
 * @param folder `<root>/frames/<scanId>`.
 * @throws GeometryError "frames-none", "frames-number-twice", "frames-intrinsic-missing", "frames-bad-intrinsic", "frames-bad-depth"
 * (no depth image is readable), and the codes of `readMatrixText` (the intrinsics) and `openScanFile`.
 */
export async function openExportedFrames(
  folder: string,
  options: Partial<ExportedFramesOptions> = {},
): Promise<FrameStream> {
  checkArguments("openExportedFrames", { folder: [folder, PATH] });
  checkOptions(options, { file: TEXT }, "openExportedFrames");
  const { file } = { file: folder.replaceAll("\\", "/"), ...options };
  const colors = await listFrames(folder, file, "color", ".jpg");
  if (colors.length === 0) throw framesError("frames-none", file, "color", "no image", "color/0.jpg and so on");
  const colorOf = new Map(colors.map((color) => [color.index, color]));
  const depthSize = await readDepthSize(folder, file);
  return {
    path: file,
    intrinsicColor: await readIntrinsic(folder, file, "color"),
    intrinsicDepth: await readIntrinsic(folder, file, "depth"),
    colorCompression: "jpeg",
    colorWidth: null,
    colorHeight: null,
    depthWidth: depthSize?.width ?? null,
    depthHeight: depthSize?.height ?? null,
    depthShift: DEPTH_SHIFT,
    frames: await readPoses(folder, file, colors),
    readColor: async (index) => {
      const color = colorOf.get(index);
      if (color !== undefined) return readColorFile(color);
      throw framesError("frames-no-frame", file, `frame ${index}`, "no image", "a frame with this number");
    },
    readDepth: async () => null,
    close: async () => {},
  };
}

/** A missing folder counts as empty. */
async function listFrames(folder: string, file: string, name: string, extension: string): Promise<NumberedFile[]> {
  return listNumberedFiles(join(folder, name), `${file}/${name}`, extension).catch((error) => {
    if (isMissingFile(error)) return [];
    throw error;
  });
}

/** A file whose name is a frame's number. */
interface NumberedFile {
  index: number;
  path: string;
  /** Its name in messages. */
  file: string;
}

/**
 * The files of a folder that are named by a number, with or without leading zeros ("7.jpg", "000007.jpg"); others are
 * ignored.
 *
 * @param file The folder's name in messages.
 * @param extension With the dot.
 * @returns Ordered by number (10 after 9).
 * @throws GeometryError "file-missing" or "file-unreadable" (the folder), "frames-number-twice".
 */
export async function listNumberedFiles(path: string, file: string, extension: string): Promise<NumberedFile[]> {
  const names = await readdir(path).catch((error) => {
    throw toFileError(error, file);
  });
  const files = names
    .filter((name) => name.endsWith(extension) && /^\d{1,9}$/.test(name.slice(0, -extension.length)))
    .map((name) => ({ index: Number.parseInt(name, 10), path: join(path, name), file: `${file}/${name}` }))
    .sort((first, second) => first.index - second.index || (first.file < second.file ? -1 : 1));
  let before: NumberedFile | null = null;
  for (const listed of files) {
    if (before?.index === listed.index) throw numberTwice(file, before, listed);
    before = listed;
  }
  return files;
}

function numberTwice(file: string, first: NumberedFile, second: NumberedFile): GeometryError {
  return new GeometryError("frames-number-twice", {
    file,
    place: `frame ${second.index}`,
    got: `${first.file} and ${second.file}`,
    expected: "each frame once",
    advice: "Move one of the two files away.",
  });
}

async function readPoses(folder: string, file: string, colors: readonly NumberedFile[]): Promise<StreamFrame[]> {
  const poseOf = new Map((await listFrames(folder, file, "pose", ".txt")).map((pose) => [pose.index, pose]));
  const frames: StreamFrame[] = [];
  // One after the other: of several broken files the same one is reported first in every run.
  for (const { index } of colors) {
    const pose = await readPose(poseOf.get(index), index, file);
    frames.push(
      pose instanceof GeometryError
        ? { index, cameraToWorld: NO_POSE, hasValidPose: false, poseFault: pose, timeColor: null }
        : { index, cameraToWorld: pose, hasValidPose: isCameraPose(pose), timeColor: null },
    );
  }
  return frames;
}

/** What ScanNet writes where tracking was lost. */
const NO_POSE = new Float64Array(16).fill(Number.NEGATIVE_INFINITY);

/**
 * A frame's pose, or why it has none. An unreadable file is not damage to the frame: the disk or permissions are at
 * fault.
 */
async function readPose(
  pose: NumberedFile | undefined,
  index: number,
  file: string,
): Promise<Float64Array | GeometryError> {
  if (pose === undefined) {
    return framesError("frames-pose-missing", file, `frame ${index}`, "no pose", `pose/${index}.txt`);
  }
  try {
    return readMatrixText(await readScanFile(pose.path, pose.file), pose.file);
  } catch (error) {
    if (isFrameDamage(error)) return error;
    throw error;
  }
}

async function readIntrinsic(folder: string, file: string, camera: "color" | "depth"): Promise<Float64Array> {
  for (const name of [`intrinsic/intrinsic_${camera}.txt`, `intrinsic_${camera}.txt`, `intrinsics_${camera}.txt`]) {
    const shown = `${file}/${name}`;
    const bytes = await readScanFile(join(folder, name), shown).catch((error) => {
      if (isMissingFile(error)) return null;
      throw error;
    });
    if (bytes === null) continue;
    const matrix = readMatrixText(bytes, shown);
    if (isIntrinsicMatrix(matrix)) return matrix;
    const got = `focal lengths ${matrix[0]} and ${matrix[5]}, principal point ${matrix[2]}, ${matrix[6]}`;
    throw framesError("frames-bad-intrinsic", shown, "matrix", got, "finite numbers, focal lengths over 0");
  }
  throw framesError("frames-intrinsic-missing", file, "folder", "no such file", `intrinsic/intrinsic_${camera}.txt`);
}

/** The first image that tells it: one damaged image does not lose the scan. */
async function readDepthSize(folder: string, file: string): Promise<{ width: number; height: number } | null> {
  const images = await listFrames(folder, file, "depth", ".png");
  const [first] = images;
  if (first === undefined) return null;
  for (const image of images) {
    const size = await readPngSize(image);
    if (size !== null) return size;
  }
  throw framesError("frames-bad-depth", first.file, "byte 0", "no PNG header", "a PNG with its size");
}

async function readPngSize(image: NumberedFile): Promise<{ width: number; height: number } | null> {
  try {
    const size = await openScanFile(image.path, image.file, async (handle, bytes) =>
      pngSize(await readBlock(handle, 0, Math.min(bytes, PNG_SIZE_BYTES), image.file, "frames-bad-depth")),
    );
    return size !== null && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    if (error instanceof GeometryError && error.code === "file-empty") return null;
    throw error;
  }
}

async function readColorFile({ path, file }: NumberedFile): Promise<Uint8Array> {
  const bytes = await readScanFile(path, file);
  const fault = colorImageFault(bytes, "jpeg");
  if (fault === null) return bytes;
  const code = fault.isCut ? "frames-color-truncated" : "frames-bad-color";
  throw framesError(code, file, fault.isCut ? `byte ${bytes.length}` : "byte 0", fault.got, fault.expected);
}

function framesError(code: string, file: string, place: string, got: string, expected: string): GeometryError {
  return new GeometryError(code, { file, place, got, expected, advice: ADVICE });
}
