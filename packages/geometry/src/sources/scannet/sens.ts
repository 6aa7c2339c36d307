import type { ColorCompression, StreamFrame } from "../../camera/frames.ts";
import { isCameraPose, isIntrinsicMatrix, readMatrixBytes } from "../../camera/pose.ts";
import { GeometryError } from "../../errors.ts";

/** What stands before the frames of a `.sens` file. Matrices are 4 by 4, row major. */
export interface SensHeader {
  version: number;
  /** "StructureSensor" in ScanNet's release. */
  sensorName: string;
  /** Pixels: focal lengths at (0, 0) and (1, 1), principal point at (0, 2) and (1, 2). */
  intrinsicColor: Float64Array;
  /** Metres; identity in ScanNet's release. */
  extrinsicColor: Float64Array;
  intrinsicDepth: Float64Array;
  extrinsicDepth: Float64Array;
  colorCompression: ColorCompression;
  /** Of little-endian 16-bit numbers. */
  depthCompression: "raw" | "zlib";
  /** Pixels. */
  colorWidth: number;
  colorHeight: number;
  depthWidth: number;
  depthHeight: number;
  /** Depth values per metre: 1000 for millimetres. */
  depthShift: number;
}

/** 1024: ScanNet's sensor name is "StructureSensor"; stops a length of 2^63. */
const MAXIMUM_NAME_BYTES = 1024;

/** 8192: ScanNet's widest image is 1296; stops sizes that would ask for gigabytes a frame. */
const MAXIMUM_SIDE = 8192;

/**
 * 1,000,000 frames are nine hours; the longest scan has about 10,000. Bounds the index's memory, whatever the file's
 * size.
 */
const MAXIMUM_FRAMES = 1_000_000;
const BYTES_AFTER_NAME = 4 * 64 + 36;

/** Enough bytes for the longest header. */
export const MAXIMUM_SENS_HEADER_BYTES = 12 + MAXIMUM_NAME_BYTES + BYTES_AFTER_NAME;
const COLOR_COMPRESSIONS: readonly ColorCompression[] = ["raw", "png", "jpeg"];
const DEPTH_COMPRESSIONS = ["raw", "zlib"] as const;
const DOWNLOAD_AGAIN = "Download the .sens file again.";

/**
 * Reads the header of a `.sens` file (version 4, little endian; ScanNet's SensReader/c++/src/sensorData.h).
 *
 * @param bytes The file's start, MAXIMUM_SENS_HEADER_BYTES or all of it.
 * @param fileSize Bytes.
 * @param file The file's name in messages.
 * @returns The header, how many frames follow, and the byte where they start. The frames could fit in the file.
 * @throws GeometryError "sens-truncated", "sens-bad-version", "sens-bad-name-length", "sens-bad-intrinsic",
 * "sens-unsupported-compression", "sens-bad-image-size", "sens-bad-depth-shift" or "sens-bad-frame-count".
 */
export function parseSensHeader(
  bytes: Uint8Array,
  fileSize: number,
  file: string,
): { header: SensHeader; frameCount: number; headerBytes: number } {
  const fail = (code: string, at: number, got: string, expected: string, advice = DOWNLOAD_AGAIN): never => {
    throw new GeometryError(code, { file, place: `byte ${at}`, got, expected, advice });
  };
  const checkLength = (needed: number): void => {
    if (bytes.length < needed) {
      fail("sens-truncated", bytes.length, "the end of the file", `a header of ${needed} bytes`);
    }
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkLength(12);
  const version = view.getUint32(0, true);
  if (version !== 4) fail("sens-bad-version", 0, `version ${version}`, "version 4, the only one of ScanNet's release");
  const nameBytes = view.getBigUint64(4, true);
  if (nameBytes > MAXIMUM_NAME_BYTES) {
    fail("sens-bad-name-length", 4, `a sensor name of ${nameBytes} bytes`, `at most ${MAXIMUM_NAME_BYTES}`);
  }
  const matrices = 12 + Number(nameBytes);
  const headerBytes = matrices + BYTES_AFTER_NAME;
  checkLength(headerBytes);

  const readMatrix = (ordinal: number): Float64Array => readMatrixBytes(view, matrices + 64 * ordinal);
  const readIntrinsic = (ordinal: number): Float64Array => {
    const matrix = readMatrix(ordinal);
    if (isIntrinsicMatrix(matrix)) return matrix;
    const got = `focal lengths ${matrix[0]} and ${matrix[5]}, principal point ${matrix[2]}, ${matrix[6]}`;
    return fail("sens-bad-intrinsic", matrices + 64 * ordinal, got, "finite numbers, focal lengths over 0");
  };
  const settings = matrices + 4 * 64;
  const readCompression = <T extends string>(at: number, image: string, names: readonly T[]): T => {
    const code = view.getInt32(at, true);
    const known = names[code];
    if (known !== undefined) return known;
    const expected = names.map((name, ordinal) => `${ordinal} (${name})`).join(", ");
    const isOcci = image === "depth" && code === 2;
    return fail(
      "sens-unsupported-compression",
      at,
      isOcci ? "depth compression 2 (occi)" : `${image} compression ${code}`,
      expected,
      isOcci
        ? "Rewrite the file with zlib depth, using ScanNet's C++ tools, which read occi on macOS."
        : DOWNLOAD_AGAIN,
    );
  };
  const readSide = (at: number, side: string): number => {
    const pixels = view.getUint32(at, true);
    if (pixels >= 1 && pixels <= MAXIMUM_SIDE) return pixels;
    return fail("sens-bad-image-size", at, `${side} ${pixels}`, `1 to ${MAXIMUM_SIDE} pixels`);
  };
  const readDepthShift = (at: number): number => {
    const shift = view.getFloat32(at, true);
    if (shift > 0 && Number.isFinite(shift)) return shift;
    return fail("sens-bad-depth-shift", at, `depth shift ${shift}`, "a number over 0; 1000 in ScanNet");
  };
  const header: SensHeader = {
    version,
    sensorName: new TextDecoder().decode(bytes.subarray(12, matrices)),
    intrinsicColor: readIntrinsic(0),
    extrinsicColor: readMatrix(1),
    intrinsicDepth: readIntrinsic(2),
    extrinsicDepth: readMatrix(3),
    colorCompression: readCompression(settings, "colour", COLOR_COMPRESSIONS),
    depthCompression: readCompression(settings + 4, "depth", DEPTH_COMPRESSIONS),
    colorWidth: readSide(settings + 8, "colour width"),
    colorHeight: readSide(settings + 12, "colour height"),
    depthWidth: readSide(settings + 16, "depth width"),
    depthHeight: readSide(settings + 20, "depth height"),
    depthShift: readDepthShift(settings + 24),
  };
  const frameCount = view.getBigUint64(settings + 28, true);
  const mostFrames = Math.min(MAXIMUM_FRAMES, Math.floor((fileSize - headerBytes) / SMALLEST_SENS_FRAME_BYTES));
  if (frameCount > mostFrames) {
    const got = `${frameCount} frames in a file of ${fileSize} bytes`;
    fail(
      "sens-bad-frame-count",
      settings + 28,
      got,
      `at most ${mostFrames}`,
      `The file is damaged or truncated. ${DOWNLOAD_AGAIN}`,
    );
  }
  return { header, frameCount: Number(frameCount), headerBytes };
}

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
 * 65536: what a compressed image may have beyond twice its pixels' bytes: headers, tables and an embedded thumbnail.
 * Bounds what is read for one image.
 */
const COMPRESSION_OVERHEAD = 65_536;

/**
 * Reads the 96 bytes before a frame's images and checks that the images lie in the file.
 *
 * @param bytes From the frame's first byte on, SENS_FRAME_HEADER_BYTES long.
 * @param place The frame's number, the byte it starts at, the file's size in bytes and its name in messages; `pose`: 16
 * numbers that become the frame's own.
 * @throws GeometryError "sens-truncated" or "sens-bad-image-bytes" (an image of no bytes, more than its size in pixels explains, or of
 * another number than raw pixels need); each names the frame.
 */
export function parseSensFrame(
  bytes: Uint8Array,
  header: SensHeader,
  { index, start, fileSize, file, pose }: SensFramePlace,
): SensFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, SENS_FRAME_HEADER_BYTES);
  const readImageBytes = (at: number, image: string, compression: string, rawBytes: number): number => {
    const length = readUint64(view, at);
    const isRaw = compression === "raw";
    const most = isRaw ? rawBytes : 2 * rawBytes + COMPRESSION_OVERHEAD;
    if (length >= (isRaw ? rawBytes : 1) && length <= most) return length;
    throw new GeometryError("sens-bad-image-bytes", {
      file,
      place: `frame ${index}`,
      got: `${view.getBigUint64(at, true)} bytes of ${image} (${compression})`,
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
      advice: "The download is incomplete; download the .sens file again.",
    });
  }
  const cameraToWorld = readMatrixBytes(view, 0, pose);
  return {
    index,
    cameraToWorld,
    hasValidPose: isCameraPose(cameraToWorld),
    timeColor: readUint64(view, 64),
    colorOffset,
    colorBytes,
    depthOffset,
    depthBytes,
  };
}

interface SensFramePlace {
  index: number;
  start: number;
  fileSize: number;
  file: string;
  pose: Float64Array;
}

/** 64 bits, little endian; above 2^53 to the nearest double. Without a BigInt, which is garbage: three a frame. */
function readUint64(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

/** Pose (64), two times, two sizes (8 each). */
export const SENS_FRAME_HEADER_BYTES = 96;

/** A frame's header and at least a byte of each image. */
const SMALLEST_SENS_FRAME_BYTES = SENS_FRAME_HEADER_BYTES + 2;
