import {
  ANY,
  at,
  checkArguments,
  checkRecord,
  fields,
  INTEGER,
  LIST,
  listOf,
  NUMBER,
  type OptionKinds,
} from "@vsi/dataset/internal";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { SynthError } from "../errors.ts";
import type { FloorPlan } from "../floorPlan.ts";
import { type Footprint, rectangleFootprint, wallFootprints } from "../furniture/footprints.ts";
import type { Piece } from "../furniture/piece.ts";
import { createRandom, drawBetween } from "../random.ts";
import { freeFloor, largestArea, longestPath, pointsAlong, smoothPath } from "./floorPaths.ts";
import { CAMERA_STREAM, type CameraPose, cameraPose } from "./pose.ts";

/** How a camera walks through a room. */
export interface CameraWalkOptions {
  /** Any integer; the same room, seed and number of frames give the same walk. */
  seed: number;
  /** How many poses; `secondsPerFrame` says how fast they follow. */
  frames?: number;
}

/** 90 frames: 18 seconds, enough to walk through a room and to look all around. */
export const CAMERA_WALK_DEFAULTS = { frames: 90 } as const;

/** ScanNet's sensor: Structure Sensor on an iPad, 30 Hz (Dai et al. 2017, section 3.1). */
export const FRAMES_PER_SECOND = 30;

/** Readers take a slower clock for a broken one; with few frames, the walker is in a hurry instead. */
const FEWEST_PER_SECOND = 5;

/** Metres a second: slow steps, as one looks at a room through a scanner in one's hands. */
const PACE = 0.3;

/** Radians a second, 30 degrees: all around in 12 seconds. */
const TURNING = Math.PI / 6;

/**
 * 0.25 m between the camera and anything: leaves a doorway of 0.75 m open and keeps every surface beyond the near
 * plane.
 */
export const CLEARANCE = 0.25;

/** Metres above the floor: a scanner held before the chest of someone standing. */
const [LOWEST_EYE, HIGHEST_EYE] = [1.45, 1.55];

const DEGREE = Math.PI / 180;

/**
 * Where the camera looks, from the way ahead. It begins at the wall behind, so that things come into view one after
 * another, turns once all around while it goes, and ends looking back over the room, where many things are in view.
 */
const [FIRST_LOOK, LAST_LOOK] = [-165 * DEGREE, 240 * DEGREE];

/**
 * Radians below the horizontal: down enough that pieces on the floor come into view, swaying so that pictures do too.
 */
const [MIDDLE_TILT, TILT_SWAY] = [0.25, 0.15];

/** Sways a walk; no whole multiple of the turns, so that a wall is not always seen at the same tilt. */
const SWAYS = 5;

const WALK_OPTIONS: OptionKinds<CameraWalkOptions> = { seed: INTEGER, frames: ANY };

const RECTANGLES = listOf(fields({}), "rectangles");

const ROOM = fields({
  floorPlan: fields({ outline: LIST, floor: RECTANGLES, solids: RECTANGLES, ceilingHeight: NUMBER }),
  pieces: listOf(fields({ center: LIST, size: LIST, parts: LIST, elevation: NUMBER, yaw: NUMBER }), "a list of pieces"),
});

/**
 * A walk through the longest way of a room, at constant pace, looking all around and up and down.
 * @returns a pose a frame; no camera comes within 0.2 m of a wall or of what is as high as the eye (it passes over low furniture).
 * @throws SynthError "frame-count" when `frames` is not a whole number of at least 1; "no-floor" when nothing of the floor is free.
 *
 * @example
 * ```js
 * import { cameraWalk, makeRoom } from "@vsi/synth";
 *
 * const room = makeRoom({ sceneName: "scene9000_00", seed: 1 });
 * console.log(cameraWalk(room, { seed: 1, frames: 30 }).length); // 30
 * ```
 */
export function cameraWalk(
  room: { floorPlan: FloorPlan; pieces: readonly Piece[] },
  options: CameraWalkOptions,
): CameraPose[] {
  checkRecord(options, WALK_OPTIONS, "cameraWalk");
  checkArguments("cameraWalk", { room: [room, ROOM] });
  const { seed, frames } = { ...CAMERA_WALK_DEFAULTS, ...options };
  checkFrameCount(frames);
  const random = createRandom(seed, CAMERA_STREAM);
  const eyeHeight = drawBetween(random, LOWEST_EYE, HIGHEST_EYE);
  const floor = freeFloor(room.floorPlan, eyeObstacles(room.floorPlan, room.pieces, eyeHeight, CLEARANCE), CLEARANCE);
  const area = largestArea(floor);
  if (area.length === 0) throw noFloor();
  const longest = longestPath(floor, at(area, uniformInt(random, 0, area.length - 1)));
  const path = pointsAlong(smoothPath(longest, floor.isFree), frames);
  const [start, end] = [at(path, 0), at(path, path.length - 1)];
  const ahead = Math.atan2(end[1] - start[1], end[0] - start[0]);
  const direction = drawBetween(random, 0, 1) < 0.5 ? -1 : 1;
  const firstSway = drawBetween(random, 0, 2 * Math.PI);
  // Of two rooms, each is seen all around.
  const turn = LAST_LOOK - FIRST_LOOK + (room.floorPlan.doorway ? 2 * Math.PI : 0);
  return path.map(([x, y], frame) => {
    const done = (2 * Math.PI * frame) / frames;
    const heading = ahead + direction * (FIRST_LOOK + (turn * frame) / frames);
    const tilt = MIDDLE_TILT + TILT_SWAY * Math.sin(firstSway + SWAYS * done);
    return cameraPose([x, y, eyeHeight], heading, tilt);
  });
}

/**
 * Seconds from each frame of a walk to the next: the pace of a person who films a room, with 30 to 5 frames a second.
 * Fewer frames than the sensor takes are as if most had been left out, which is how ScanNet's streams are often kept.
 */
export function secondsPerFrame(poses: readonly CameraPose[]): number {
  const steps = poses.slice(1).map((pose, index) => {
    const before = at(poses, index);
    const moved = Math.hypot(...[3, 7, 11].map((cell) => at(pose, cell) - at(before, cell)));
    const cosine = [2, 6, 10].reduce((sum, cell) => sum + at(pose, cell) * at(before, cell), 0);
    return Math.max(moved / PACE, Math.acos(Math.min(1, cosine)) / TURNING);
  });
  return Math.min(Math.max(1 / FRAMES_PER_SECOND, ...steps), 1 / FEWEST_PER_SECOND);
}

function noFloor(): SynthError {
  return new SynthError("no-floor", {
    place: "floorPlan and pieces",
    got: `no point ${CLEARANCE} m from walls and tall furniture`,
    expected: "floor to walk on",
    advice: "Use a larger floor plan, or less furniture that reaches eye height.",
  });
}

/** Half an hour of film: the longest streams of ScanNet have some 6,000 frames. */
const MOST_FRAMES = 54_000;

/** @throws SynthError "frame-count" unless `frames` is a whole number from 1 to MOST_FRAMES. */
export function checkFrameCount(frames: number): void {
  if (Number.isSafeInteger(frames) && frames >= 1 && frames <= MOST_FRAMES) return;
  throw new SynthError("frame-count", {
    place: "frames",
    got: String(frames),
    expected: `a whole number from 1 to ${MOST_FRAMES}`,
    advice: "90 frames make a walk of 18 seconds.",
  });
}

/**
 * What a camera at eye height would bump into: walls, the pillar or the partition, and every part of a piece that comes
 * within
 * `clearance` metres of that height. By parts, because one walks through the opening of a doorframe.
 */
export function eyeObstacles(
  plan: FloorPlan,
  pieces: readonly Piece[],
  eyeHeight: number,
  clearance: number,
): Footprint[] {
  const parts = pieces.flatMap((piece) =>
    piece.parts
      .filter(
        ({ min, max }) =>
          piece.elevation + min[2] < eyeHeight + clearance && piece.elevation + max[2] > eyeHeight - clearance,
      )
      .map(({ min, max }): Footprint => {
        const [x, y] = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2];
        const [cosine, sine] = [Math.cos(piece.yaw), Math.sin(piece.yaw)];
        return {
          center: [piece.center[0] + cosine * x - sine * y, piece.center[1] + sine * x + cosine * y],
          width: max[0] - min[0],
          depth: max[1] - min[1],
          yaw: piece.yaw,
        };
      }),
  );
  return [...wallFootprints(plan.outline, 0), ...plan.solids.map(rectangleFootprint), ...parts];
}
