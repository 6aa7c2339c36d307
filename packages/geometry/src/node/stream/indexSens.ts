import type { FileHandle } from "node:fs/promises";
import { GeometryError } from "../../geometryError.ts";
import { parseSensFrame, type SensFrame } from "../../stream/sensFrame.ts";
import { SENS_FRAME_HEADER_BYTES } from "../../stream/sensFrameSize.ts";
import { MAXIMUM_SENS_HEADER_BYTES, parseSensHeader, type SensHeader } from "../../stream/sensHeader.ts";
import { readSensBytes } from "./readSensBytes.ts";

/** What a `.sens` file holds beside its images. */
export interface SensIndex {
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
export function indexSens(handle: FileHandle, size: number, file: string): SensIndex {
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
