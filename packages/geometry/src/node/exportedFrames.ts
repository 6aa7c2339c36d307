import { sampleEvenly } from "@vsi/dataset";
import { checkArguments, checkOptions, PATH, TEXT } from "@vsi/dataset/internal";
import type { FrameStream, StreamFrame } from "../camera/frames.ts";
import { colorImageFault, imageKind } from "../camera/images.ts";
import { isCameraPose, readMatrixText } from "../camera/pose.ts";
import { GeometryError } from "../errors.ts";
import { isFrameDamage } from "./damagedFrames.ts";
import { DEPTH_HEADER_BYTES, decodeDepthImage, depthImageSize } from "./depthImages.ts";
import { readCameras } from "./exportedCameras.ts";
import { openScanFile, readBlock, readScanFile } from "./files.ts";
import { type FilePlace, frameLayout, framesError, LAYOUTS, listFrames, type NumberedFile } from "./frameLayouts.ts";

/** Where exported frames come from, for messages. */
export interface ExportedFramesOptions {
  /** The folder as the user knows it, POSIX separators; the path by default. */
  file: string;
}

/**
 * Opens frames that others exported from a scan's `.sens` file, in one of three layouts (names in any case, colour as
 * JPEG or PNG, depth as 16-bit PNG or PGM):
 * - `color/<n>.jpg`, `pose/<n>.txt`, `depth/<n>.png`, and `intrinsic_color.txt` and `intrinsic_depth.txt` in
 *   `intrinsic/` (ScanNet's SensReader/python) or in the folder itself (`intrinsics_color.txt` in ScanNet's own 25,000
 *   frames);
 * - `00000.jpg`, `00000.txt`, `00000.png` and `intrinsic.txt`, the colour camera's (mmdetection3d's posed_images);
 * - `frame-000000.color.jpg`, `.pose.txt`, `.depth.pgm` and `_info.txt` (SensReader/c++).
 *
 * Intrinsics may be 3 by 3. Where nothing tells of a depth camera, neither a file nor depth images, and of posed_images
 * without `depth_intrinsic.txt`, it is taken as the colour camera at the depth image's size. No times. A frame whose
 * pose is missing or broken has it as `poseFault` ("frames-pose-missing", "file-empty" and those of `readMatrixText`).
 * `readDepth` gives null for a frame without a depth image. Where two files have one number, that frame is damaged:
 * reading it throws "frames-number-twice", or its `poseFault` is that.
 *
 * Its `readColor` throws GeometryError "frames-no-frame", "frames-bad-color", "frames-color-truncated", its `readDepth`
 * "frames-bad-depth", both the codes of `openScanFile`.
 *
 * @param folder `<root>/frames/<scanId>`.
 * @throws GeometryError "frames-none", "frames-intrinsic-missing", "frames-bad-intrinsic", "frames-bad-depth" (no depth
 * image is readable), and the codes of `readMatrixText` (the intrinsics) and `openScanFile`.
 *
 * @example
 * ```js
 * import { openExportedFrames } from "@vsi/geometry/node";
 *
 * // A folder of color/0.jpg, pose/0.txt and intrinsic/: what is missing is named.
 * await openExportedFrames("raw/scans/scene9000_00").catch((error) => console.log(error.code));
 * ```
 */
export async function openExportedFrames(
  folder: string,
  options: Partial<ExportedFramesOptions> = {},
): Promise<FrameStream> {
  checkArguments("openExportedFrames", { folder: [folder, PATH] });
  checkOptions(options, { file: TEXT }, "openExportedFrames");
  const { file } = { file: folder.replaceAll("\\", "/"), ...options };
  const layout = (await frameLayout(folder)) ?? "folders";
  const places = LAYOUTS[layout];
  const colors = await listFrames(folder, file, places.color);
  const [first] = colors;
  if (first === undefined) {
    throw framesError("frames-none", file, "color", "no image", `${places.color.example(0)} and so on`);
  }
  const colorOf = new Map(colors.map((color) => [color.index, color]));
  const depths = await listFrames(folder, file, places.depth);
  const depthOf = new Map(depths.map((depth) => [depth.index, depth]));
  const depthSize = await readDepthSize(depths);
  const cameras = await readCameras(folder, file, { first, depthSize, layout });
  return {
    path: file,
    intrinsicColor: cameras.color,
    intrinsicDepth: cameras.depth,
    colorCompression: /\.png$/i.test(first.file) ? "png" : "jpeg",
    colorWidth: null,
    colorHeight: null,
    depthWidth: depthSize?.width ?? null,
    depthHeight: depthSize?.height ?? null,
    depthShift: cameras.depthShift,
    frames: await readPoses(folder, file, colors, places.pose),
    readColor: async (index) => {
      const color = colorOf.get(index);
      if (color !== undefined) return readColorFile(color);
      throw framesError("frames-no-frame", file, `frame ${index}`, "no image", "a frame with this number");
    },
    readDepth: async (index) => {
      const depth = depthOf.get(index);
      return depth === undefined || depthSize === null ? null : readDepthFile(depth, depthSize);
    },
    close: async () => {},
  };
}

async function readPoses(
  folder: string,
  file: string,
  colors: readonly NumberedFile[],
  place: FilePlace,
): Promise<StreamFrame[]> {
  const poseOf = new Map((await listFrames(folder, file, place)).map((pose) => [pose.index, pose]));
  const frames: StreamFrame[] = [];
  // One after the other: of several broken files the same one is reported first in every run.
  for (const { index } of colors) {
    const pose = await readPose(poseOf.get(index), index, file, place.example(index));
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
  expected: string,
): Promise<Float64Array | GeometryError> {
  if (pose === undefined) return framesError("frames-pose-missing", file, `frame ${index}`, "no pose", expected);
  if (pose.fault !== undefined) return pose.fault;
  try {
    return readMatrixText(await readScanFile(pose.path, pose.file), pose.file);
  } catch (error) {
    if (isFrameDamage(error)) return error;
    throw error;
  }
}

/**
 * The size of most of three images, over the whole stream; of as many, the first's. One image that is damaged or of
 * another size loses itself, not the scan.
 */
async function readDepthSize(images: readonly NumberedFile[]): Promise<{ width: number; height: number } | null> {
  const [first] = images;
  if (first === undefined) return null;
  const sizes: { width: number; height: number }[] = [];
  for (const image of sampleEvenly(images, 3)) {
    const size = await readImageSize(image);
    if (size !== null) sizes.push(size);
  }
  const isSame = (one: { width: number; height: number }) => (other: { width: number; height: number }) =>
    one.width === other.width && one.height === other.height;
  const common = sizes.find((size) => sizes.filter(isSame(size)).length > 1) ?? sizes[0];
  if (common !== undefined) return common;
  for (const image of images) {
    const size = await readImageSize(image);
    if (size !== null) return size;
  }
  throw framesError("frames-bad-depth", first.file, "byte 0", "no PNG or PGM header", "a PNG or PGM with its size");
}

async function readImageSize(image: NumberedFile): Promise<{ width: number; height: number } | null> {
  try {
    return await openScanFile(image.path, image.file, async (handle, bytes) =>
      depthImageSize(await readBlock(handle, 0, Math.min(bytes, DEPTH_HEADER_BYTES), image.file, "frames-bad-depth")),
    );
  } catch (error) {
    if (isFrameDamage(error)) return null;
    throw error;
  }
}

async function readDepthFile(
  { path, file, fault }: NumberedFile,
  { width, height }: { width: number; height: number },
): Promise<Uint16Array> {
  if (fault !== undefined) throw fault;
  const image = decodeDepthImage(await readScanFile(path, file));
  const expected = `a 16-bit PNG or PGM of ${width}x${height}`;
  if (typeof image === "string") throw framesError("frames-bad-depth", file, "image", image, expected);
  if (image.width !== width || image.height !== height) {
    throw framesError("frames-bad-depth", file, "image", `${image.width}x${image.height} pixels`, expected);
  }
  return image.values;
}

async function readColorFile({ path, file, fault }: NumberedFile): Promise<Uint8Array> {
  if (fault !== undefined) throw fault;
  const bytes = await readScanFile(path, file);
  const damage = colorImageFault(bytes, imageKind(bytes) ?? (/\.png$/i.test(file) ? "png" : "jpeg"));
  if (damage === null) return bytes;
  const code = damage.isCut ? "frames-color-truncated" : "frames-bad-color";
  throw framesError(code, file, damage.isCut ? `byte ${bytes.length}` : "byte 0", damage.got, damage.expected);
}
