import { readSync } from "node:fs";
import { type FileHandle, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { types } from "node:util";
import { inflate } from "node:zlib";
import { isCameraPose, isIntrinsicMatrix, readMatrixText } from "../camera/pose.ts";
import { GeometryError } from "../errors.ts";
import {
  colorImageFault,
  type FrameStream,
  MAXIMUM_SENS_HEADER_BYTES,
  PNG_SIZE_BYTES,
  parseSensFrame,
  parseSensHeader,
  pngSize,
  SENS_FRAME_HEADER_BYTES,
  type SensFrame,
  type SensHeader,
  type StreamFrame,
} from "../sources/scannet/sens.ts";
import { isMissingFile, openRegularFile, openScanFile, readBlock, readScanFile, toFileError } from "./files.ts";
import type { ScanFolder } from "./readScan.ts";

/**
 * Opens a scan's frames: `<scanId>.sens` in its folder, or frames that others exported, in `frames/<scanId>/` of the raw
 * folder (ScanNet's usual export: color/, depth/, pose/, intrinsic_*.txt).
 *
 * @throws GeometryError "stream-missing" when there is neither, and those of `openSensStream` and `openExportedFrames`.
 */
export async function openFrameStream(folder: ScanFolder): Promise<FrameStream> {
  const { scanId, path } = folder;
  const sens = join(path, `${scanId}.sens`);
  if ((await stat(sens).catch(() => null)) !== null) return openSensStream(sens, { file: `${scanId}/${scanId}.sens` });
  const root = dirname(path);
  // `<root>/scans/<scanId>` keeps its frames in `<root>/frames`, `<root>/<scanId>` too.
  for (const frames of [join(dirname(root), "frames", scanId), join(root, "frames", scanId)]) {
    if ((await stat(frames).catch(() => null))?.isDirectory())
      return openExportedFrames(frames, { file: `frames/${scanId}` });
  }
  throw new GeometryError("stream-missing", {
    file: `${scanId}/${scanId}.sens`,
    place: "file",
    got: "no such file, and no exported frames",
    expected: `the scan's stream, or frames/${scanId}/color, depth and pose below the raw folder`,
    advice: "Download it with ScanNet's download script (--type .sens), or build without --frames.",
  });
}

/** Where exported frames come from, for messages. */
export interface ExportedFramesOptions {
  /** The folder as the user knows it, POSIX separators; the path by default. */
  file: string;
}

/** ScanNet's PNG depth holds millimetres (SensReader/python). */
const depthShift = 1000;
const advice = `Export the frames again, or take the scan's .sens file. Exported frames look like this:
  <root>/frames/scene0000_00/color/0.jpg
  <root>/frames/scene0000_00/pose/0.txt
  <root>/frames/scene0000_00/intrinsic/intrinsic_color.txt
  <root>/frames/scene0000_00/intrinsic/intrinsic_depth.txt`;

/**
 * Opens frames that others exported from a scan's `.sens` file: `color/<n>.jpg`, `pose/<n>.txt`, and `intrinsic_color.txt` and
 * `intrinsic_depth.txt` in `intrinsic/` (ScanNet's SensReader/python) or in the folder itself (`intrinsics_color.txt` in ScanNet's
 * own 25,000 frames). `depth/<n>.png` tells the depth images' size; its pixels are not read: `readDepth` gives null. No times.
 *
 * Its `readColor` throws GeometryError "frames-no-frame", "frames-bad-color", "frames-color-truncated" and the codes of `openScanFile`.
 *
 * @param folder `<root>/frames/<scanId>`.
 * @throws GeometryError "frames-none", "frames-number-twice", "frames-pose-missing", "frames-intrinsic-missing", "frames-bad-intrinsic",
 * "frames-bad-depth", and the codes of `readMatrixText` and `openScanFile`.
 */
export async function openExportedFrames(
  folder: string,
  options: Partial<ExportedFramesOptions> = {},
): Promise<FrameStream> {
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
    depthShift,
    frames: await readPoses(folder, file, colors),
    readColor: async (index) => {
      const color = colorOf.get(index);
      if (color !== undefined) return readColorFile(color);
      throw framesError("frames-no-frame", file, `frame ${index}`, "no image", "a frame of this number");
    },
    readDepth: async () => null,
    close: async () => {},
  };
}

/** No folder is as good as an empty one. */
async function listFrames(folder: string, file: string, name: string, extension: string): Promise<NumberedFile[]> {
  return listNumberedFiles(join(folder, name), `${file}/${name}`, extension).catch((error) => {
    if (isMissingFile(error)) return [];
    throw error;
  });
}

/** One after the other: of several broken files the same one is reported in every run. */
async function readPoses(folder: string, file: string, colors: readonly NumberedFile[]): Promise<StreamFrame[]> {
  const poseOf = new Map((await listFrames(folder, file, "pose", ".txt")).map((pose) => [pose.index, pose]));
  const frames: StreamFrame[] = [];
  for (const { index } of colors) {
    const pose = poseOf.get(index);
    if (pose === undefined) {
      throw framesError("frames-pose-missing", file, `frame ${index}`, "no pose", `pose/${index}.txt`);
    }
    const cameraToWorld = readMatrixText(await readScanFile(pose.path, pose.file), pose.file);
    frames.push({ index, cameraToWorld, hasValidPose: isCameraPose(cameraToWorld), timeColor: null });
  }
  return frames;
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

async function readDepthSize(folder: string, file: string): Promise<{ width: number; height: number } | null> {
  const [first] = await listFrames(folder, file, "depth", ".png");
  if (first === undefined) return null;
  const size = await openScanFile(first.path, first.file, async (handle, bytes) =>
    pngSize(await readBlock(handle, 0, Math.min(bytes, PNG_SIZE_BYTES), first.file, "frames-bad-depth")),
  );
  if (size !== null && size.width > 0 && size.height > 0) return size;
  throw framesError("frames-bad-depth", first.file, "byte 0", "no PNG header", "a PNG with its size");
}

async function readColorFile({ path, file }: NumberedFile): Promise<Uint8Array> {
  const bytes = await readScanFile(path, file);
  const fault = colorImageFault(bytes, "jpeg");
  if (fault === null) return bytes;
  const code = fault.isCut ? "frames-color-truncated" : "frames-bad-color";
  throw framesError(code, file, fault.isCut ? `byte ${bytes.length}` : "byte 0", fault.got, fault.expected);
}

function framesError(code: string, file: string, place: string, got: string, expected: string): GeometryError {
  return new GeometryError(code, { file, place, got, expected, advice });
}

/** A file whose name is a frame's number. */
interface NumberedFile {
  index: number;
  path: string;
  /** Its name in messages. */
  file: string;
}

/**
 * The files of a folder that are named by a number, with or without leading zeros ("7.jpg", "000007.jpg"); others are ignored.
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
  const repeated = files.findIndex(({ index }, position) => position > 0 && index === files[position - 1].index);
  if (repeated < 0) return files;
  throw new GeometryError("frames-number-twice", {
    file,
    place: `frame ${files[repeated].index}`,
    got: `${files[repeated - 1].file} and ${files[repeated].file}`,
    expected: "every frame once",
    advice: "Move one of the two files away.",
  });
}

/** An open `.sens` file. Memory grows with the number of frames (some 500 bytes each), not with the file's size. */
export interface SensStream extends FrameStream, SensHeader {
  colorWidth: number;
  colorHeight: number;
  depthWidth: number;
  depthHeight: number;
  /** The .sens counts: numColorFrames in `<scanId>.txt` is one too many in some scans of the release (ScanNet issue 59). */
  frames: readonly SensFrame[];
  /** Measurements of the motion sensor. */
  imuCount: number;
  readDepth(index: number): Promise<Uint16Array>;
}

/** Where a `.sens` file comes from, for messages. */
export interface SensOptions {
  /** The file as the user knows it, POSIX separators; the path by default. */
  file: string;
}

/**
 * Opens a `.sens` file: reads its header and those of all frames, none of their images.
 *
 * Its `readColor` throws GeometryError "sens-bad-color" or "sens-color-truncated" (told from the image's ends, nothing is decoded), its
 * `readDepth` "sens-bad-depth" or "sens-depth-size"; both "sens-no-frame", "sens-truncated" and "file-unreadable".
 *
 * @throws GeometryError with the codes of `parseSensHeader`, `parseSensFrame` and `openRegularFile`; the file is closed then.
 */
export async function openSensStream(path: string, options: Partial<SensOptions> = {}): Promise<SensStream> {
  const { file } = { file: path.replaceAll("\\", "/"), ...options };
  const { handle, size } = await openRegularFile(path, file);
  try {
    const { header, frames, imuCount } = indexSens(handle, size, file);
    return {
      path: file,
      ...header,
      frames,
      imuCount,
      readColor: async (index) => readColorBytes(handle, header, findFrame(frames, index, file), file),
      readDepth: async (index) => readDepth(handle, header, findFrame(frames, index, file), file),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw toFileError(error, file);
  }
}

function findFrame(frames: readonly SensFrame[], index: number, file: string): SensFrame {
  if (Object.hasOwn(frames, index)) return frames[index];
  throw new GeometryError("sens-no-frame", {
    file,
    place: `frame ${index}`,
    got: `a stream of ${frames.length} frames`,
    expected: "a frame of this number",
    advice: "Ask for a number that `frames` has.",
  });
}

function readColorBytes(handle: FileHandle, header: SensHeader, frame: SensFrame, file: string): Uint8Array {
  const bytes = readImage(handle, frame.colorOffset, frame.colorBytes, frame.index, file);
  const fault = colorImageFault(bytes, header.colorCompression);
  if (fault === null) return bytes;
  const { isCut, got, expected } = fault;
  throw new GeometryError(isCut ? "sens-color-truncated" : "sens-bad-color", {
    file,
    place: `frame ${frame.index}`,
    got,
    expected,
    advice: "The colour image is damaged; download the .sens file again.",
  });
}

async function readDepth(handle: FileHandle, header: SensHeader, frame: SensFrame, file: string): Promise<Uint16Array> {
  const bytes = readImage(handle, frame.depthOffset, frame.depthBytes, frame.index, file);
  const { depthCompression, depthWidth, depthHeight } = header;
  const pixels =
    depthCompression === "raw"
      ? bytes
      : await inflateDepth(bytes, depthWidth * depthHeight * 2, { file, place: `frame ${frame.index}` });
  // A copy: 16-bit numbers must start at an even byte, and Node's buffers need not.
  return new Uint16Array(new Uint8Array(pixels).buffer);
}

function readImage(handle: FileHandle, start: number, length: number, index: number, file: string): Uint8Array {
  const bytes = new Uint8Array(length);
  readSensBytes(handle, bytes, start, `frame ${index}`, file);
  return bytes;
}

/** What a `.sens` file holds beside its images. */
interface SensIndex {
  header: SensHeader;
  frames: SensFrame[];
  /** Measurements of the motion sensor. */
  imuCount: number;
}

const bytesPerMeasurement = 128;

/**
 * Reads the headers of an open `.sens` file, 96 bytes a frame, and checks that everything they announce lies in the file. Bytes after
 * the last measurement are ignored.
 *
 * @param size Of the file, bytes.
 * @throws GeometryError with the codes of `parseSensHeader` and `parseSensFrame`.
 */
function indexSens(handle: FileHandle, size: number, file: string): SensIndex {
  const start = new Uint8Array(Math.min(size, MAXIMUM_SENS_HEADER_BYTES));
  readSensBytes(handle, start, 0, "header", file);
  const { header, frameCount, headerBytes } = parseSensHeader(start, size, file);
  const frames: SensFrame[] = [];
  const bytes = Buffer.alloc(SENS_FRAME_HEADER_BYTES);
  let at = headerBytes;
  for (let index = 0; index < frameCount; index++) {
    readSensBytes(handle, bytes, at, `frame ${index}`, file);
    const frame = parseSensFrame(bytes, header, { index, start: at, fileSize: size, file });
    frames.push(frame);
    at = frame.depthOffset + frame.depthBytes;
  }
  const countBytes = bytes.subarray(0, 8);
  readSensBytes(handle, countBytes, at, "measurements", file);
  const imuCount = countBytes.readBigUInt64LE();
  if (imuCount > Math.floor((size - at - 8) / bytesPerMeasurement)) {
    throw new GeometryError("sens-truncated", {
      file,
      place: "measurements",
      got: `${imuCount} in ${size - at - 8} bytes`,
      expected: `${bytesPerMeasurement} bytes a measurement`,
      advice: "The download did not finish; download the .sens file again.",
    });
  }
  return { header, frames, imuCount: Number(imuCount) };
}

/**
 * Fills `bytes` from byte `at` of an open `.sens` file. Synchronous: each frame's header tells where the next one is, and waiting for a
 * thread costs many times the read (measured: 1 against 35 microseconds a header, 20 against 100 an image).
 *
 * @param place What is read, for messages: "frame 12".
 * @param file The file's name in messages.
 * @throws GeometryError "sens-truncated" when the file ends before, "file-unreadable".
 */
function readSensBytes(handle: FileHandle, bytes: Uint8Array, at: number, place: string, file: string): void {
  for (let filled = 0; filled < bytes.length; ) {
    const count = readFrom(handle, bytes, filled, at, file);
    if (count === 0) {
      throw new GeometryError("sens-truncated", {
        file,
        place,
        got: `the end of the file at byte ${at + filled}`,
        expected: `${bytes.length} bytes from byte ${at}`,
        advice: "The download did not finish; download the .sens file again.",
      });
    }
    filled += count;
  }
}

function readFrom(handle: FileHandle, bytes: Uint8Array, filled: number, at: number, file: string): number {
  try {
    return readSync(handle.fd, bytes, filled, bytes.length - filled, at + filled);
  } catch (error) {
    throw toFileError(error, file);
  }
}

/**
 * Inflates a zlib depth image.
 *
 * @param expectedBytes Its size, known from the file's header: inflating stops there, so that a zlib bomb costs no memory.
 * @param where The file's name and the place in it, for messages.
 * @throws GeometryError "sens-depth-size" (another size) or "sens-bad-depth" (not zlib, or cut).
 */
async function inflateDepth(
  bytes: Uint8Array,
  expectedBytes: number,
  where: { file: string; place: string },
): Promise<Uint8Array> {
  const fail = (code: string, got: string): GeometryError =>
    new GeometryError(code, {
      ...where,
      got,
      expected: `a zlib depth image of ${expectedBytes} bytes`,
      advice: "The depth image is damaged; download the .sens file again.",
    });
  const pixels = await new Promise<Uint8Array>((resolve, reject) => {
    inflate(bytes, { maxOutputLength: expectedBytes }, (error, result) => {
      if (error === null) resolve(result);
      else if (hasCode(error, "ERR_BUFFER_TOO_LARGE")) reject(fail("sens-depth-size", "more bytes"));
      else reject(fail("sens-bad-depth", error.message));
    });
  });
  if (pixels.length === expectedBytes) return pixels;
  throw fail("sens-depth-size", `${pixels.length} bytes`);
}

function hasCode(error: Error, code: string): boolean {
  return types.isNativeError(error) && "code" in error && error.code === code;
}
