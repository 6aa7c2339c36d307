import { GeometryError } from "../geometryError.ts";
import type { StreamFrame } from "./frameStream.ts";
import { isCameraPose } from "./isCameraPose.ts";
import { readMatrixBytes } from "./readMatrixBytes.ts";
import { SENS_FRAME_HEADER_BYTES } from "./sensFrameSize.ts";
import type { SensHeader } from "./sensHeader.ts";

/** A frame of a `.sens` file, and where in the file its images lie. */
export interface SensFrame extends StreamFrame {
  /** Microseconds as written, 0 or random in some files; above 2^53 to the nearest double. */
  timeColor: number;
  /** Bytes from the file's start, and how many. */
  colorOffset: number;
  colorBytes: number;
  depthOffset: number;
  depthBytes: number;
}

/**
 * 65536: what a compressed image may have beyond twice its pixels' bytes: headers, tables and an embedded thumbnail. Bounds what is
 * read for one image.
 */
const compressionOverhead = 65_536;

/**
 * Reads the 96 bytes before a frame's images and checks that the images lie in the file.
 *
 * @param bytes From the frame's first byte on, SENS_FRAME_HEADER_BYTES long.
 * @param place The frame's number, the byte it starts at, the file's size in bytes and its name in messages.
 * @throws GeometryError "sens-truncated" or "sens-bad-image-bytes" (an image of no bytes, more than its size in pixels explains, or of
 * another number than raw pixels need); each names the frame.
 */
export function parseSensFrame(
  bytes: Uint8Array,
  header: SensHeader,
  { index, start, fileSize, file }: { index: number; start: number; fileSize: number; file: string },
): SensFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, SENS_FRAME_HEADER_BYTES);
  const readImageBytes = (at: number, image: string, compression: string, rawBytes: number): number => {
    const length = view.getBigUint64(at, true);
    const isRaw = compression === "raw";
    const most = isRaw ? rawBytes : 2 * rawBytes + compressionOverhead;
    if (length >= (isRaw ? rawBytes : 1) && length <= most) return Number(length);
    throw new GeometryError("sens-bad-image-bytes", {
      file,
      place: `frame ${index}`,
      got: `${length} bytes of ${image} (${compression})`,
      expected: isRaw ? `${rawBytes} bytes` : `1 to ${most} bytes`,
      advice: "The file is damaged; download the .sens file again.",
    });
  };
  const colorBytes = readImageBytes(80, "colour", header.colorCompression, header.colorWidth * header.colorHeight * 3);
  const depthBytes = readImageBytes(88, "depth", header.depthCompression, header.depthWidth * header.depthHeight * 2);
  const colorOffset = start + SENS_FRAME_HEADER_BYTES;
  const depthOffset = colorOffset + colorBytes;
  if (depthOffset + depthBytes > fileSize) {
    throw new GeometryError("sens-truncated", {
      file,
      place: `frame ${index}`,
      got: `images up to byte ${depthOffset + depthBytes} in a file of ${fileSize} bytes`,
      expected: "images within the file",
      advice: "The download did not finish; download the .sens file again.",
    });
  }
  const cameraToWorld = readMatrixBytes(view, 0);
  return {
    index,
    cameraToWorld,
    hasValidPose: isCameraPose(cameraToWorld),
    timeColor: Number(view.getBigUint64(64, true)),
    colorOffset,
    colorBytes,
    depthOffset,
    depthBytes,
  };
}
