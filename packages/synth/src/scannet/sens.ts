import {
  at,
  BYTES,
  checkArguments,
  fields,
  isNumbers,
  type Kind,
  listOf,
  NUMBER,
  oneOf,
  TEXT,
  WHOLE,
} from "@vsi/dataset/internal";
/** How a stream's colour images are compressed. */
export interface ColorEncoder {
  /** The name of what `encode` gives; the .sens has no other. */
  compression: "raw" | "png" | "jpeg";
  /**
   * The image's bytes.
   *
   * @param rgb red, green, blue of each pixel, row after row from the top left. The same pixels must give the same
   * bytes.
   */
  encode: (rgb: Uint8Array, width: number, height: number) => Promise<Uint8Array>;
}

/** Red, green, blue as they are. */
export const rawColor: ColorEncoder = { compression: "raw", encode: (rgb) => Promise.resolve(rgb) };

/** What stands before the frames of a `.sens` file. Matrices are 4 by 4, row major. */
export interface SensHeaderFields {
  /** "StructureSensor" in ScanNet's release. */
  sensorName: string;
  /** Pixels: focal lengths at (0, 0) and (1, 1), principal point at (0, 2) and (1, 2). */
  intrinsicColor: ArrayLike<number>;
  /** Metres; identity in ScanNet's release. */
  extrinsicColor: ArrayLike<number>;
  intrinsicDepth: ArrayLike<number>;
  extrinsicDepth: ArrayLike<number>;
  /** Raw: red, green, blue, a byte each. */
  colorCompression: "raw" | "png" | "jpeg";
  /** Of little-endian 16-bit numbers, row by row. */
  depthCompression: "raw" | "zlib";
  /** Pixels. */
  colorWidth: number;
  colorHeight: number;
  depthWidth: number;
  depthHeight: number;
  /** Depth values per metre: 1000 where depth is in millimetres. */
  depthShift: number;
  /** How many frames follow. */
  frameCount: number;
}

/** One frame, its images as the header says they are compressed. */
export interface SensFrameFields {
  /**
   * Row-major 4 by 4, camera (x right, y down, z forward) to the mesh's coordinates, metres; 16 times -Infinity where
   * the pose is unknown.
   */
  cameraToWorld: ArrayLike<number>;
  /** Whole microseconds. */
  timeColor: number;
  timeDepth: number;
  color: Uint8Array;
  depth: Uint8Array;
}

/** One measurement of the motion sensor: x, y, z each, in the sensor's own units. */
export interface SensImuFields {
  rotationRate: readonly [number, number, number];
  acceleration: readonly [number, number, number];
  magneticField: readonly [number, number, number];
  attitude: readonly [number, number, number];
  gravity: readonly [number, number, number];
  /** Whole microseconds. */
  time: number;
}

const MATRIX: Kind = { words: "16 numbers, row major", fits: (value) => isNumbers(value) && value.length === 16 };

const COMPRESSION = oneOf(["raw", "png", "jpeg"]);

const HEADER = fields({
  sensorName: TEXT,
  ...{ intrinsicColor: MATRIX, extrinsicColor: MATRIX, intrinsicDepth: MATRIX, extrinsicDepth: MATRIX },
  colorCompression: COMPRESSION,
  depthCompression: oneOf(["raw", "zlib"]),
  ...{ colorWidth: WHOLE, colorHeight: WHOLE, depthWidth: WHOLE, depthHeight: WHOLE },
  depthShift: NUMBER,
  frameCount: WHOLE,
});

const FRAME = fields({ cameraToWorld: MATRIX, timeColor: WHOLE, timeDepth: WHOLE, color: BYTES, depth: BYTES });

/** Infinite ones too: a stream may hold what its sensor made of noise. */
const VECTOR: Kind = { words: "three numbers", fits: (value) => isNumbers(value) && value.length === 3 };

const MEASUREMENTS = listOf(
  fields({
    ...{ rotationRate: VECTOR, acceleration: VECTOR, magneticField: VECTOR, attitude: VECTOR, gravity: VECTOR },
    time: WHOLE,
  }),
  "a list of measurements",
);

const VERSION = 4;
const COLOR_COMPRESSION_CODES = { raw: 0, png: 1, jpeg: 2 } as const;
const DEPTH_COMPRESSION_CODES = { raw: 0, zlib: 1 } as const;
const BYTES_PER_MATRIX = 64;
const BYTES_PER_MEASUREMENT = 128;

/**
 * The header of a `.sens` file (version 4, little endian; ScanNet's SensReader/c++/src/sensorData.h). Exactly
 * `frameCount` pieces of
 * `writeSensFrame` and one of `writeSensImu` make it a whole file; so a file of any size can be written piece by piece.
 *
 * @example
 * ```js
 * import { writeSensHeader } from "@vsi/synth";
 *
 * const matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
 * const cameras = { intrinsicColor: matrix, extrinsicColor: matrix, intrinsicDepth: matrix, extrinsicDepth: matrix };
 * const sizes = { colorWidth: 4, colorHeight: 3, depthWidth: 4, depthHeight: 3, depthShift: 1000, frameCount: 0 };
 * const form = { sensorName: "mine", colorCompression: "raw", depthCompression: "zlib" };
 * console.log(writeSensHeader({ ...form, ...cameras, ...sizes }).length); // 308
 * ```
 */
export function writeSensHeader(header: SensHeaderFields): Uint8Array {
  checkArguments("writeSensHeader", { header: [header, HEADER] });
  const name = new TextEncoder().encode(header.sensorName);
  const matrices = [header.intrinsicColor, header.extrinsicColor, header.intrinsicDepth, header.extrinsicDepth];
  const bytes = new Uint8Array(12 + name.length + matrices.length * BYTES_PER_MATRIX + 36);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, VERSION, true);
  view.setBigUint64(4, BigInt(name.length), true);
  bytes.set(name, 12);
  let at = 12 + name.length;
  for (const matrix of matrices) {
    setMatrix(view, at, matrix);
    at += BYTES_PER_MATRIX;
  }
  view.setInt32(at, COLOR_COMPRESSION_CODES[header.colorCompression], true);
  view.setInt32(at + 4, DEPTH_COMPRESSION_CODES[header.depthCompression], true);
  view.setUint32(at + 8, header.colorWidth, true);
  view.setUint32(at + 12, header.colorHeight, true);
  view.setUint32(at + 16, header.depthWidth, true);
  view.setUint32(at + 20, header.depthHeight, true);
  view.setFloat32(at + 24, header.depthShift, true);
  view.setBigUint64(at + 28, BigInt(header.frameCount), true);
  return bytes;
}

/**
 * One frame of a `.sens` file: 96 bytes of pose, times and sizes, then the images' bytes as they are given.
 *
 * @example
 * ```js
 * import { writeSensFrame } from "@vsi/synth";
 *
 * const cameraToWorld = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
 * const images = { color: new Uint8Array(36), depth: new Uint8Array(24) };
 * console.log(writeSensFrame({ cameraToWorld, timeColor: 0, timeDepth: 0, ...images }).length); // 156
 * ```
 */
export function writeSensFrame(frame: SensFrameFields): Uint8Array {
  checkArguments("writeSensFrame", { frame: [frame, FRAME] });
  const headerBytes = BYTES_PER_MATRIX + 32;
  const bytes = new Uint8Array(headerBytes + frame.color.length + frame.depth.length);
  const view = new DataView(bytes.buffer);
  setMatrix(view, 0, frame.cameraToWorld);
  view.setBigUint64(BYTES_PER_MATRIX, BigInt(frame.timeColor), true);
  view.setBigUint64(BYTES_PER_MATRIX + 8, BigInt(frame.timeDepth), true);
  view.setBigUint64(BYTES_PER_MATRIX + 16, BigInt(frame.color.length), true);
  view.setBigUint64(BYTES_PER_MATRIX + 24, BigInt(frame.depth.length), true);
  bytes.set(frame.color, headerBytes);
  bytes.set(frame.depth, headerBytes + frame.color.length);
  return bytes;
}

/**
 * The end of a `.sens` file: how many measurements of the motion sensor, and the measurements; 8 zero bytes without
 * any.
 *
 * @example
 * ```js
 * import { writeSensImu } from "@vsi/synth";
 *
 * console.log(writeSensImu([]).length); // 8
 * ```
 */
export function writeSensImu(measurements: readonly SensImuFields[]): Uint8Array {
  checkArguments("writeSensImu", { measurements: [measurements, MEASUREMENTS] });
  const bytes = new Uint8Array(8 + measurements.length * BYTES_PER_MEASUREMENT);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(measurements.length), true);
  let at = 8;
  for (const { rotationRate, acceleration, magneticField, attitude, gravity, time } of measurements) {
    for (const value of [rotationRate, acceleration, magneticField, attitude, gravity].flat()) {
      view.setFloat64(at, value, true);
      at += 8;
    }
    view.setBigUint64(at, BigInt(time), true);
    at += 8;
  }
  return bytes;
}

function setMatrix(view: DataView, start: number, matrix: ArrayLike<number>): void {
  for (let cell = 0; cell < 16; cell += 1) view.setFloat32(start + 4 * cell, at(matrix, cell), true);
}
