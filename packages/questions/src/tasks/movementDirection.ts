import type { Vec3 } from "@vsi/geometry";
import type { StreamFrame } from "../scene/stream.ts";

/** The directions of a camera, in pairs along its axes: to its right, down and forward, and against them. */
const DIRECTIONS = [
  ["right", "left"],
  ["down", "up"],
  ["forward", "backward"],
] as const;

/** In the order that the question names them. */
export const MOVEMENT_WORDS = ["right", "left", "up", "down", "forward", "backward"] as const;

/** Where a camera mainly moved, as it saw it before. */
export interface MovementDirection {
  word: (typeof MOVEMENT_WORDS)[number];
  /** Degrees between the movement and the direction that `word` names, 0 to 54.7 (the diagonal of a cube). */
  angle: number;
  /** Degrees from the movement to the nearest plane at which another direction becomes the main one. */
  margin: number;
}

/**
 * The direction with the largest part of a movement; of equal parts the first of right/left, down/up, forward/backward.
 *
 * @param movement metres, in the frame of the camera's pose (axis-aligned, +Z up); must have a length.
 * @param axes of the camera in which the movement is told.
 */
export function movementDirection(movement: Vec3, axes: StreamFrame["axes"]): MovementDirection {
  const length = Math.hypot(...movement);
  const parts = axes
    .map((axis, index) => {
      const along = (movement[0] * axis[0] + movement[1] * axis[1] + movement[2] * axis[2]) / length;
      return { along, size: Math.abs(along), words: DIRECTIONS[index]! };
    })
    .sort((one, other) => other.size - one.size);
  const [main, next] = parts as [(typeof parts)[0], (typeof parts)[0]];
  return {
    word: main.words[main.along > 0 ? 0 : 1],
    // A pose is a rotation only to some digits: a part can exceed the whole by their noise.
    angle: degrees(Math.acos(Math.min(1, main.size))),
    margin: degrees(Math.asin(Math.min(1, (main.size - next.size) / Math.SQRT2))),
  };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
