import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkFrameCount } from "../camera/checkFrameCount.ts";
import { sensorIntrinsics } from "../camera/sensorIntrinsics.ts";
import { floorPlanShapes } from "../floorPlan/floorPlan.ts";
import { makeRoom, roomDefaults } from "../makeRoom.ts";
import type { RoomStyle } from "../roomStyle.ts";
import { type ColorEncoder, rawColor } from "../scannet/colorEncoder.ts";
import { writeLabelMap } from "../scannet/writeLabelMap.ts";
import { SynthError } from "../synthError.ts";
import { filmRoom } from "./filmRoom.ts";

export interface RawScanNetOptions {
  /** How many rooms. */
  rooms: number;
  /** Any integer; a room depends on it and on the room's own number alone. */
  seed: number;
  style?: RoomStyle;
  /** Vertices of each mesh, within 2 %. */
  vertexCount?: number;
  /** The first room's number, at most four digits with all the rooms after it. */
  firstRoom?: number;
  /** Frames of each room's stream, 30 a second; 0 writes none. */
  frames?: number;
  /** Width and height of the colour and the depth images, in pixels. */
  frameSize?: readonly [width: number, height: number];
  colorEncoder?: ColorEncoder;
  /** Called with the scan's id after each room is on disk. */
  onRoom?: (sceneName: string) => void;
}

/** 9000: far from ScanNet's own rooms, 0000 to 0806. 160x120: a quarter of ScanNet's depth images each way, so that samples stay small. */
export const rawScanNetDefaults = {
  ...roomDefaults,
  firstRoom: 9000,
  frames: 0,
  frameSize: [160, 120],
  colorEncoder: rawColor,
} as const;

const numbersOfFourDigits = 10_000;

/**
 * Writes rooms as a raw ScanNet folder: `scans/<scanId>/` with the four files of each scan, `scannetv2-labels.combined.tsv`, and
 * beside them `truth/<scanId>.json` (a RoomTruth). Furnished rooms go through the kinds of floor plan in turn. One room is in memory at a time.
 * With frames each scan also has its `<scanId>.sens`, its `.txt` describes the camera, and its truth is a StreamTruth.
 * @returns the scans' ids in order.
 * @throws SynthError "room-count" when the rooms' numbers do not fit ScanNet's four digits; "frame-count" and "frame-size" when one of the
 * numbers is not whole or too small; what `makeRoom`, `cameraWalk` and the encoder throw; the file system's errors.
 */
export async function writeRawScanNet(root: string, options: RawScanNetOptions): Promise<string[]> {
  const { rooms, seed, style, vertexCount, firstRoom, frames, frameSize, colorEncoder, onRoom } = {
    ...rawScanNetDefaults,
    ...options,
  };
  checkNumbers(firstRoom, rooms);
  if (frames !== 0) checkFrameCount(frames);
  const intrinsics = sensorIntrinsics(...frameSize);
  const counts = new Map<string, number>();
  const sceneNames: string[] = [];
  await mkdir(join(root, "truth"), { recursive: true });
  for (let index = 0; index < rooms; index++) {
    const number = firstRoom + index;
    const sceneName = `scene${String(number).padStart(4, "0")}_00`;
    const shape = floorPlanShapes[number % floorPlanShapes.length];
    const roomSeed = seedOfRoom(seed, number);
    const room = makeRoom({ sceneName, seed: roomSeed, style, vertexCount, shape });
    const folder = join(root, "scans", sceneName);
    await mkdir(folder, { recursive: true });
    for (const [name, bytes] of Object.entries(room.files)) await writeFile(join(folder, name), bytes);
    const truth =
      frames === 0 ? room.truth : await filmRoom(folder, room, { seed: roomSeed, frames, intrinsics, colorEncoder });
    await writeFile(join(root, "truth", `${sceneName}.json`), `${JSON.stringify(truth, null, 2)}\n`);
    for (const [label, count] of Object.entries(room.truth.counts)) counts.set(label, (counts.get(label) ?? 0) + count);
    sceneNames.push(sceneName);
    onRoom?.(sceneName);
  }
  await writeFile(join(root, "scannetv2-labels.combined.tsv"), writeLabelMap(counts));
  return sceneNames;
}

/** Keeps the rooms of neighbouring seeds apart: a plain sum would make room 1 of seed 2 the same as room 2 of seed 1. */
function seedOfRoom(seed: number, number: number): number {
  return Math.imul(seed, numbersOfFourDigits) + number;
}

function checkNumbers(firstRoom: number, rooms: number): void {
  const whole = Number.isInteger(firstRoom) && Number.isInteger(rooms) && firstRoom >= 0 && rooms >= 1;
  if (whole && firstRoom + rooms <= numbersOfFourDigits) return;
  throw new SynthError("room-count", {
    place: "firstRoom and rooms",
    got: `${firstRoom} and ${rooms}`,
    expected: "whole numbers of at least 0 and 1, together at most 10000",
    advice: "A scan id has four digits for the room: take a smaller firstRoom for more rooms.",
  });
}
