import { randomFillSync } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { deflateSync } from "node:zlib";
import { at } from "@vsi/dataset/internal";
import {
  cameraWalk,
  makeRoom,
  renderWalk,
  type SensFrameFields,
  sensorIntrinsics,
  writeSensFrame,
  writeSensHeader,
  writeSensImu,
} from "@vsi/synth";

/** Where a colour image lies in the file. */
export interface ColorPlace {
  index: number;
  /** Bytes from the file's start, and how many. */
  offset: number;
  bytes: number;
}

/**
 * 135 kB: about what a photograph of 1296x968 pixels, the size of ScanNet's, takes; with the rendered depth image a
 * frame has about 440 kB.
 */
const COLOR_BYTES = 135_000;

/** A JPEG's start with a comment of four bytes, the frame's number; then its size, 1296x968 in grey, and its pixels' head. */
const JPEG_START = [
  ...[0xff, 0xd8, 0xff, 0xfe, 0, 6, 0, 0, 0, 0],
  ...[0xff, 0xc0, 0, 11, 8, 0x03, 0xc8, 0x05, 0x10, 1, 1, 0x11, 0],
  ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0],
];
const JPEG_NUMBER_OFFSET = 6;
const JPEG_END = [0xff, 0xd9];
const intrinsics = sensorIntrinsics(640, 480);
const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/**
 * Writes a `.sens` file of whole frames, at most `size` bytes: one rendered depth image of 640x480 in all of them, and
 * for colour noise between a JPEG's ends, which the reader walks over and never decodes; a comment in it has the frame's
 * number.
 * @returns where the colour images lie.
 */
export async function writeSensFile(path: string, size: number): Promise<ColorPlace[]> {
  const frame = sampleFrame();
  const frameBytes = writeSensFrame(frame).length;
  const colorBefore = frameBytes - frame.color.length - frame.depth.length;
  const frameCount = Math.floor(size / frameBytes);
  const places: ColorPlace[] = [];
  const file = await open(path, "w");
  try {
    let end = await append(file, sampleHeader(frameCount));
    for (let index = 0; index < frameCount; index += 1) {
      new DataView(frame.color.buffer).setUint32(JPEG_NUMBER_OFFSET, index);
      places.push({ index, offset: end + colorBefore, bytes: COLOR_BYTES });
      end += await append(file, writeSensFrame(frame));
    }
    await append(file, writeSensImu([]));
  } finally {
    await file.close();
  }
  return places;
}

async function append(file: FileHandle, bytes: Uint8Array): Promise<number> {
  await file.writeFile(bytes);
  return bytes.length;
}

function sampleHeader(frameCount: number): Uint8Array {
  const { width, height, fx, fy, cx, cy } = intrinsics;
  const matrix = [fx, 0, cx, 0, 0, fy, cy, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  return writeSensHeader({
    sensorName: "vsi-bench",
    intrinsicColor: matrix,
    extrinsicColor: identity,
    intrinsicDepth: matrix,
    extrinsicDepth: identity,
    colorCompression: "jpeg",
    depthCompression: "zlib",
    colorWidth: 1296,
    colorHeight: 968,
    depthWidth: width,
    depthHeight: height,
    depthShift: 1000,
    frameCount,
  });
}

function sampleFrame(): SensFrameFields {
  const room = makeRoom({ sceneName: "scene9000_00", seed: 1 });
  const { depth, truth } = at([...renderWalk(room.mesh, intrinsics, cameraWalk(room, { seed: 1, frames: 1 }))], 0);
  const color = randomFillSync(new Uint8Array(COLOR_BYTES));
  // In coded pixels a zero follows every ff.
  for (let byte = 1; byte < COLOR_BYTES; byte += 1) if (color[byte - 1] === 0xff) color[byte] = 0;
  color.set(JPEG_START, 0);
  color[COLOR_BYTES - JPEG_END.length - 1] = 0;
  color.set(JPEG_END, COLOR_BYTES - JPEG_END.length);
  return {
    cameraToWorld: truth.cameraToWorld,
    timeColor: 0,
    timeDepth: 0,
    color,
    depth: deflateSync(new Uint8Array(addNoise(depth).buffer)),
  };
}

/** Some millimetres, as a sensor's: without, a depth image compresses to a tenth, and a gigabyte holds too many frames. */
function addNoise(depth: Uint16Array): Uint16Array {
  const noise = randomFillSync(new Uint8Array(depth.length));
  return depth.map((value, pixel) => (value === 0 ? 0 : value + (at(noise, pixel) % 32) - 16));
}
