import type { FileHandle } from "node:fs/promises";
import { GeometryError } from "../../geometryError.ts";
import { colorImageFault } from "../../stream/colorImageFault.ts";
import type { FrameStream } from "../../stream/frameStream.ts";
import type { SensFrame } from "../../stream/sensFrame.ts";
import type { SensHeader } from "../../stream/sensHeader.ts";
import { toFileError } from "../fileError.ts";
import { openRegularFile } from "../openRegularFile.ts";
import { indexSens } from "./indexSens.ts";
import { inflateDepth } from "./inflateDepth.ts";
import { readSensBytes } from "./readSensBytes.ts";

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
      readColor: async (index) => readColor(handle, header, findFrame(frames, index, file), file),
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

function readColor(handle: FileHandle, header: SensHeader, frame: SensFrame, file: string): Uint8Array {
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
