import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { types } from "node:util";
import { inflateSync } from "node:zlib";
import { checkArguments, checkOptions, countOf, PATH, TEXT } from "@vsi/dataset/internal";
import type { FrameStream } from "../camera/frames.ts";
import { colorImageFault } from "../camera/images.ts";
import { GeometryError } from "../errors.ts";
import {
  MAXIMUM_SENS_HEADER_BYTES,
  parseSensFrame,
  parseSensHeader,
  SENS_FRAME_HEADER_BYTES,
  type SensFrame,
  type SensHeader,
} from "../sources/scannet/sens.ts";
import { openRegularFile, toFileError } from "./files.ts";

/** An open `.sens` file. Memory grows with the number of frames (some 500 bytes each), not with the file's size. */
export interface SensStream extends FrameStream, SensHeader {
  colorWidth: number;
  colorHeight: number;
  depthWidth: number;
  depthHeight: number;
  /**
   * The .sens counts: numColorFrames in `<scanId>.txt` is one too many in some scans of the release (ScanNet issue 59).
   */
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
 * Its `readColor` throws GeometryError "sens-bad-color" or "sens-color-truncated" (told from the image's ends, nothing
 * is decoded), its
 * `readDepth` "sens-bad-depth" or "sens-depth-size"; both "sens-no-frame", "sens-truncated" and "file-unreadable".
 *
 * @throws GeometryError with the codes of `parseSensHeader`, `parseSensFrame` and `openRegularFile`; the file is closed then.
 *
 * @example
 * ```js
 * import { openSensStream } from "@vsi/geometry/node";
 * import { writeRawScanNet } from "@vsi/synth/node";
 *
 * await writeRawScanNet("filmed", { rooms: 1, seed: 1, frames: 4 });
 * const stream = await openSensStream("filmed/scans/scene9000_00/scene9000_00.sens");
 * console.log(stream.frames.length, stream.colorWidth, stream.colorHeight); // 4 160 120
 * await stream.close();
 * ```
 */
export async function openSensStream(path: string, options: Partial<SensOptions> = {}): Promise<SensStream> {
  checkArguments("openSensStream", { path: [path, PATH] });
  checkOptions(options, { file: TEXT }, "openSensStream");
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

/** What a `.sens` file holds beside its images. */
interface SensIndex {
  header: SensHeader;
  frames: SensFrame[];
  /** Measurements of the motion sensor. */
  imuCount: number;
}

const BYTES_PER_MEASUREMENT = 128;

/**
 * Reads the headers of an open `.sens` file, 96 bytes per frame, and checks that everything they announce lies in the
 * file. Bytes after the last measurement are ignored.
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
  // One array for all: an array of 16 doubles has memory outside of V8's heap, which costs more than reading it.
  const poses = new Float64Array(16 * frameCount);
  let at = headerBytes;
  for (let index = 0; index < frameCount; index += 1) {
    readSensBytes(handle, bytes, at, `frame ${index}`, file);
    const pose = poses.subarray(16 * index, 16 * index + 16);
    const frame = parseSensFrame(bytes, header, { index, start: at, fileSize: size, file, pose });
    frames.push(frame);
    at = frame.depthOffset + frame.depthBytes;
  }
  const countBytes = bytes.subarray(0, 8);
  readSensBytes(handle, countBytes, at, "measurements", file);
  const imuCount = countBytes.readBigUInt64LE();
  if (imuCount > Math.floor((size - at - 8) / BYTES_PER_MEASUREMENT)) {
    throw new GeometryError("sens-truncated", {
      file,
      place: "measurements",
      got: `${imuCount} in ${size - at - 8} bytes`,
      expected: `${BYTES_PER_MEASUREMENT} bytes a measurement`,
      advice: "The download is incomplete; download the .sens file again.",
    });
  }
  return { header, frames, imuCount: Number(imuCount) };
}

function findFrame(frames: readonly SensFrame[], index: number, file: string): SensFrame {
  const frame = frames[index];
  if (frame !== undefined) return frame;
  throw new GeometryError("sens-no-frame", {
    file,
    place: `frame ${index}`,
    got: `a stream of ${countOf(frames.length, "frame")}`,
    expected: "a frame with this number",
    advice: "Use a number listed in `frames`.",
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

function readDepth(handle: FileHandle, header: SensHeader, frame: SensFrame, file: string): Uint16Array {
  const bytes = readImage(handle, frame.depthOffset, frame.depthBytes, frame.index, file);
  const { depthCompression, depthWidth, depthHeight } = header;
  const pixels =
    depthCompression === "raw"
      ? bytes
      : inflateDepth(bytes, depthWidth * depthHeight * 2, { file, place: `frame ${frame.index}` });
  // 16-bit numbers must start at an even byte, and those of small images, out of Node's pool, need not.
  const { buffer, byteOffset } = pixels.byteOffset % 2 === 0 ? pixels : new Uint8Array(pixels);
  return new Uint16Array(buffer, byteOffset, pixels.length / 2);
}

function readImage(handle: FileHandle, start: number, length: number, index: number, file: string): Uint8Array {
  // Not filled with zeros first: it is filled with the image, or not handed out.
  const bytes = Buffer.allocUnsafe(length);
  readSensBytes(handle, bytes, start, `frame ${index}`, file);
  return bytes;
}

/**
 * Fills `bytes` from byte `at` of an open `.sens` file. Synchronous: each frame's header tells where the next one is,
 * and waiting for a thread costs many times the read (measured: 1 against 35 microseconds a header, 20 against 100 an
 * image).
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
        advice: "The download is incomplete; download the .sens file again.",
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
 * Inflates a zlib depth image, at once and into one buffer: waiting for a thread and joining pieces of 16 kB would take
 * longer than inflating.
 *
 * @param expectedBytes Its size, known from the file's header: inflating stops there, so that a zlib bomb costs no memory.
 * @param where The file's name and the place in it, for messages.
 * @throws GeometryError "sens-depth-size" (another size) or "sens-bad-depth" (not zlib, or cut).
 */
function inflateDepth(bytes: Uint8Array, expectedBytes: number, where: { file: string; place: string }): Uint8Array {
  const fail = (code: string, got: string): GeometryError =>
    new GeometryError(code, {
      ...where,
      got,
      expected: `a zlib depth image of ${expectedBytes} bytes`,
      advice: "The depth image is damaged; download the .sens file again.",
    });
  // zlib takes another buffer as soon as one is full: with room to spare there is one only.
  const chunkSize = Math.max(SMALLEST_ZLIB_CHUNK, expectedBytes + 2);
  let pixels: Uint8Array;
  try {
    pixels = inflateSync(bytes, { maxOutputLength: expectedBytes, chunkSize });
  } catch (error) {
    if (!types.isNativeError(error)) throw error;
    throw hasCode(error, "ERR_BUFFER_TOO_LARGE")
      ? fail("sens-depth-size", "more bytes")
      : fail("sens-bad-depth", error.message);
  }
  if (pixels.length === expectedBytes) return pixels;
  throw fail("sens-depth-size", `${pixels.length} bytes`);
}

/** Bytes: what node:zlib asks for (zlib.constants.Z_MIN_CHUNK). */
const SMALLEST_ZLIB_CHUNK = 64;

function hasCode(error: Error, code: string): boolean {
  return "code" in error && error.code === code;
}
