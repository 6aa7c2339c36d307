import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import type { CameraIntrinsics } from "@vsi/dataset";
import {
  ANY,
  at,
  checkArguments,
  checkOptions,
  describeValue,
  FUNCTION,
  fields,
  INTEGER,
  type Kind,
  type OptionKinds,
  oneOf,
  orNull,
  PATH,
  TEXT,
} from "@vsi/dataset/internal";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { addDepthNoise } from "../camera/depthNoise.ts";
import { type CameraPose, NOISE_STREAM, sensorIntrinsics } from "../camera/pose.ts";
import { DEPTH_SHIFT, renderWalk, type TrueFrame } from "../camera/render.ts";
import { cameraWalk, checkFrameCount, secondsPerFrame } from "../camera/walk.ts";
import { DEFAULT_ROOMS, ROOM_STYLES, type RoomStyle } from "../choices.ts";
import { SynthError } from "../errors.ts";
import { FLOOR_PLAN_SHAPES, type FloorPlanShape } from "../floorPlan.ts";
import { checkVertexCount } from "../mesh/grid.ts";
import { createRandom } from "../random.ts";
import { makeRoom, ROOM_DEFAULTS, type SynthRoom, vertexRangeOf } from "../room/makeRoom.ts";
import { plainWalk } from "../room/plainRoom.ts";
import type { StreamTruth } from "../room/truth.ts";
import { IDENTITY, toScannerPose } from "../scannet/alignment.ts";
import { writeLabelMap } from "../scannet/labelMap.ts";
import { writeScanInfo } from "../scannet/scanInfo.ts";
import { type ColorEncoder, rawColor, writeSensFrame, writeSensHeader, writeSensImu } from "../scannet/sens.ts";

/** 90: flat colours stay within a few steps of the renderer's. */
const QUALITY = 90;

/** JPEG by sharp, without mozjpeg's slower search. One version of sharp gives one set of bytes. */
export const jpegColor: ColorEncoder = {
  compression: "jpeg",
  encode: async (rgb, width, height) => {
    // Imported only here: rooms can be written where sharp's native library is missing.
    const { default: sharp } = await import("sharp");
    return sharp(rgb, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: QUALITY, mozjpeg: false })
      .toBuffer();
  },
};

/** Which rooms are written, and with what. */
export interface RawScanNetOptions {
  /** How many rooms. */
  rooms: number;
  /** Any integer; a room depends on it and on the room's own number alone. */
  seed: number;
  style?: RoomStyle;
  /** Vertices of each mesh, within 2 %. */
  vertexCount?: number;
  /** The first room's number, at most five digits with all the rooms after it. */
  firstRoom?: number;
  /** Frames of each room's stream, 30 a second; 0 writes none. */
  frames?: number;
  /** Width and height of the colour and the depth images, in pixels. */
  frameSize?: readonly [width: number, height: number];
  /**
   * Width and height of the depth images, where they are to be a sensor's: with its noise, and without readings close by
   * and beside edges (ScanNet: 640x480). null: as large as the colour images, and exact.
   */
  depthSize?: readonly [width: number, height: number] | null;
  colorEncoder?: ColorEncoder;
  /** Called with the scan's id after each room is on disk, and waited for where it gives a promise. */
  onRoom?: (sceneName: string) => unknown;
}

/**
 * 160x120: a quarter of ScanNet's depth images each way, so that
 * samples stay small.
 */
export const RAW_SCANNET_DEFAULTS = {
  ...ROOM_DEFAULTS,
  firstRoom: DEFAULT_ROOMS.firstRoom,
  frames: 0,
  frameSize: [160, 120],
  depthSize: null,
  colorEncoder: rawColor,
} as const;

const SIZE: Kind = {
  words: "width and height in pixels",
  fits: (value) => Array.isArray(value) && value.length === 2,
};

const RAW_SCANNET_OPTIONS: OptionKinds<RawScanNetOptions> = {
  // The numbers have messages of their own.
  ...{ rooms: ANY, vertexCount: ANY, firstRoom: ANY, frames: ANY },
  seed: INTEGER,
  style: oneOf(ROOM_STYLES),
  frameSize: SIZE,
  depthSize: orNull(SIZE),
  colorEncoder: fields({ compression: TEXT, encode: FUNCTION }),
  onRoom: FUNCTION,
};

/** A scan id's number has four digits, as ScanNet's have, or five. */
const ROOM_NUMBERS = 100_000;

/** What room numbers ended at until they had five digits: seeds of rooms rest on it. */
const NUMBERS_A_SEED = 10_000;

/**
 * Writes rooms as a raw ScanNet folder: `scans/<scanId>/` with the four files of each scan,
 * `scannetv2-labels.combined.tsv`, and beside them `truth/<scanId>.json` (a RoomTruth). Furnished rooms go through the
 * kinds of floor plan in turn. One room is in memory at a time. With frames each scan also has its `<scanId>.sens`, its
 * `.txt` describes the camera, and its truth is a StreamTruth.
 * @returns the scans' ids in order.
 * @throws SynthError "room-count" when the rooms' numbers do not fit five digits; "frame-count" and "frame-size" when one of the
 * numbers is not whole or too small; what `makeRoom`, `cameraWalk` and the encoder throw; the file system's errors.
 *
 * @example
 * ```js
 * import { writeRawScanNet } from "@vsi/synth/node";
 *
 * console.log((await writeRawScanNet("more-rooms", { rooms: 1, seed: 3, firstRoom: 9100 })).join()); // scene9100_00
 * ```
 */
export async function writeRawScanNet(root: string, options: RawScanNetOptions): Promise<string[]> {
  checkArguments("writeRawScanNet", { root: [root, PATH] });
  checkOptions(options, RAW_SCANNET_OPTIONS, "writeRawScanNet");
  const { rooms, seed, style, vertexCount, firstRoom, frames, frameSize, depthSize, colorEncoder, onRoom } = {
    ...RAW_SCANNET_DEFAULTS,
    ...options,
  };
  checkRawScanNet(options);
  const intrinsics = sensorIntrinsics(...frameSize);
  const noisyDepth = depthSize === null ? null : sensorIntrinsics(...depthSize);
  const counts = new Map<string, number>();
  const sceneNames: string[] = [];
  await mkdir(join(root, "truth"), { recursive: true });
  for (let index = 0; index < rooms; index += 1) {
    const number = firstRoom + index;
    const sceneName = `scene${String(number).padStart(4, "0")}_00`;
    const { seed: roomSeed, shape } = roomOf(seed, number);
    const room = makeRoom({ sceneName, seed: roomSeed, style, vertexCount, shape });
    const folder = join(root, "scans", sceneName);
    await mkdir(folder, { recursive: true });
    for (const [name, bytes] of Object.entries(room.files)) await writeFile(join(folder, name), bytes);
    const truth =
      frames === 0
        ? room.truth
        : await filmRoom(folder, room, { seed: roomSeed, frames, intrinsics, noisyDepth, colorEncoder });
    await writeFile(join(root, "truth", `${sceneName}.json`), `${JSON.stringify(truth, null, 2)}\n`);
    for (const [label, count] of Object.entries(room.truth.counts)) counts.set(label, (counts.get(label) ?? 0) + count);
    sceneNames.push(sceneName);
    await onRoom?.(sceneName);
  }
  await writeFile(join(root, "scannetv2-labels.combined.tsv"), writeLabelMap(counts));
  return sceneNames;
}

/**
 * Checks that every room can be made as asked; nothing is written. About 2 ms a room.
 * @throws SynthError "room-count", "seed", "frame-count", or "vertex-count" with the range that fits all rooms.
 *
 * @example
 * ```js
 * import { checkRawScanNet } from "@vsi/synth/node";
 *
 * try {
 *   checkRawScanNet({ rooms: 3, seed: 0, vertexCount: 10 });
 * } catch (error) {
 *   console.log(error.code); // vertex-count
 * }
 * ```
 */
export function checkRawScanNet(options: RawScanNetOptions): void {
  checkOptions(options, RAW_SCANNET_OPTIONS, "checkRawScanNet");
  const { rooms, seed, style, vertexCount, firstRoom, frames } = { ...RAW_SCANNET_DEFAULTS, ...options };
  checkNumbers(firstRoom, rooms);
  if (frames !== 0) checkFrameCount(frames);
  let [least, most] = [0, Number.POSITIVE_INFINITY];
  for (let index = 0; index < rooms; index += 1) {
    const range = vertexRangeOf({ ...roomOf(seed, firstRoom + index), style });
    [least, most] = [Math.max(least, range.least), Math.min(most, range.most)];
  }
  checkVertexCount(vertexCount, { least, most }, rooms === 1 ? "this room" : `all ${rooms} rooms`);
}

function roomOf(seed: number, number: number): { seed: number; shape: FloorPlanShape } {
  return { seed: seedOfRoom(seed, number), shape: at(FLOOR_PLAN_SHAPES, number % FLOOR_PLAN_SHAPES.length) };
}

/**
 * Keeps the rooms of neighbouring seeds apart: a plain sum would make room 1 of seed 2 the same as room 2 of seed 1.
 */
function seedOfRoom(seed: number, number: number): number {
  // Five digits would reach into the next seed's rooms: every ten thousand has a range of its own (2^32 over the golden
  // ratio, so that ranges of small seeds stay apart).
  const range = Math.imul(Math.floor(number / NUMBERS_A_SEED), 0x9e3779b1);
  return Math.imul(seed, NUMBERS_A_SEED) + (number % NUMBERS_A_SEED) + range;
}

function checkNumbers(firstRoom: number, rooms: number): void {
  const whole = Number.isInteger(firstRoom) && Number.isInteger(rooms) && firstRoom >= 0 && rooms >= 1;
  if (whole && firstRoom + rooms <= ROOM_NUMBERS) return;
  throw new SynthError("room-count", {
    place: "firstRoom and rooms",
    got: `${describeValue(firstRoom)} and ${describeValue(rooms)}`,
    expected: "whole numbers of at least 0 and 1, at most 100000 in total",
    advice: "A scan id has at most five digits for the room: use a lower firstRoom, or fewer rooms.",
  });
}

/** How a room is walked through and what with. */
interface Filming {
  /** Of the walk. */
  seed: number;
  frames: number;
  /** Of the colour camera, and of the depth camera where it has none of its own. */
  intrinsics: CameraIntrinsics;
  /** A depth camera of its own, with a sensor's noise. */
  noisyDepth?: CameraIntrinsics | null;
  colorEncoder: ColorEncoder;
}

/**
 * Adds a stream to a scan's folder: `<scanId>.sens`, and the `<scanId>.txt` that describes its camera.
 * @throws what `cameraWalk` and the encoder throw; the file system's errors.
 */
export async function filmRoom(folder: string, room: SynthRoom, filming: Filming): Promise<StreamTruth> {
  const { sceneName, style, sceneType, alignment, truth } = room;
  const { seed, frames, intrinsics, noisyDepth = null, colorEncoder } = filming;
  const poses = style === "plain" ? plainWalk(room.floorPlan, { seed, frames }) : cameraWalk(room, { seed, frames });
  const noise = noisyDepth === null ? null : createRandom(seed, NOISE_STREAM);
  const camera = { color: intrinsics, depth: noisyDepth ?? intrinsics, noise, poses, colorEncoder };
  const trueFrames = await writeStream(join(folder, `${sceneName}.sens`), room, camera);
  const info = writeScanInfo(alignment, sceneType, { ...camera, frameCount: frames });
  await writeFile(join(folder, `${sceneName}.txt`), info);
  return { ...truth, intrinsics: camera.depth, frames: trueFrames };
}

const compress = promisify(deflate);

/** 6: what zlib itself takes, named so that no other default changes the files' bytes. */
const DEFLATE_LEVEL = 6;

/** Microseconds; not 0, which ScanNet's files have where a time is unknown. */
const FIRST_TIME = 1_000_000;
/** What a room is filmed with. */
interface StreamCamera {
  color: CameraIntrinsics;
  depth: CameraIntrinsics;
  /** Where the depth camera's noise is drawn from; null for exact depth by the colour camera. */
  noise: RandomGenerator | null;
  /** Camera to the axis-aligned world, one a frame. */
  poses: readonly CameraPose[];
  colorEncoder: ColorEncoder;
}

/**
 * Renders a walk through a room into a `.sens` file, one frame in memory at a time.
 * @returns what is true of each frame, in the depth camera's pixels.
 * @throws the file system's errors and what the encoder throws.
 */
async function writeStream(path: string, room: SynthRoom, camera: StreamCamera): Promise<TrueFrame[]> {
  const { color, depth, noise, poses, colorEncoder } = camera;
  const truths: TrueFrame[] = [];
  const frameSeconds = secondsPerFrame(poses);
  const file = await open(path, "w");
  try {
    await file.writeFile(header(camera));
    const colors = noise === null ? null : renderWalk(room.mesh, color, poses);
    for (const frame of renderWalk(room.mesh, depth, poses)) {
      const { truth } = frame;
      const time = FIRST_TIME + Math.round(1e6 * frameSeconds * truth.index);
      const colored = colors?.next().value ?? frame;
      const read = noise === null ? frame.depth : addDepthNoise(noise, frame.depth, depth.width);
      const sensFrame = writeSensFrame({
        cameraToWorld: toScannerPose(truth.cameraToWorld, room.alignment),
        timeColor: time,
        timeDepth: time,
        color: await colorEncoder.encode(colored.color, color.width, color.height),
        depth: await compress(littleEndian(read), { level: DEFLATE_LEVEL }),
      });
      await file.writeFile(sensFrame);
      truths.push(truth);
    }
    await file.writeFile(writeSensImu([]));
  } finally {
    await file.close();
  }
  return truths;
}

function header({ color, depth, poses, colorEncoder }: StreamCamera): Uint8Array {
  return writeSensHeader({
    sensorName: "vsi-synth",
    intrinsicColor: matrixOf(color),
    extrinsicColor: IDENTITY,
    intrinsicDepth: matrixOf(depth),
    extrinsicDepth: IDENTITY,
    colorCompression: colorEncoder.compression,
    depthCompression: "zlib",
    colorWidth: color.width,
    colorHeight: color.height,
    depthWidth: depth.width,
    depthHeight: depth.height,
    depthShift: DEPTH_SHIFT,
    frameCount: poses.length,
  });
}

function matrixOf({ fx, fy, cx, cy }: CameraIntrinsics): number[] {
  return [fx, 0, cx, 0, 0, fy, cy, 0, 0, 0, 1, 0, 0, 0, 0, 1];
}

function littleEndian(values: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setUint16(2 * i, value, true);
  });
  return bytes;
}
