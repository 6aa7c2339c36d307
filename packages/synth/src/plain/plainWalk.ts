import { type CameraPose, cameraPose } from "../camera/cameraPose.ts";
import { cameraStream } from "../camera/cameraStream.ts";
import { type CameraWalkOptions, cameraWalkDefaults } from "../camera/cameraWalk.ts";
import { checkFrameCount } from "../camera/checkFrameCount.ts";
import type { FloorPlan } from "../floorPlan/floorPlan.ts";
import { createRandom } from "../random/createRandom.ts";
import { drawBetween } from "../random/drawBetween.ts";

/** Metres from the wall behind the camera. */
const fromWall = 0.3;

/** Metres to each side of the middle: so far, the whole row of blocks stays in a view of 58 degrees. */
const reach = 0.12;

/** Metres above the floor: a scanner held before the chest of someone standing. */
const eyeHeight = 1.5;

/** Radians below the horizontal: the blocks come to stand in the middle of the picture. */
const tilt = 0.16;

/**
 * A slow sidestep across a plain room, from a place drawn to another, looking straight at the row of blocks.
 * @returns a pose a frame; each shows all the blocks.
 * @throws SynthError "frame-count" when `frames` is not a whole number of at least 1.
 */
export function plainWalk({ outline }: FloorPlan, options: CameraWalkOptions): CameraPose[] {
  const { seed, frames } = { ...cameraWalkDefaults, ...options };
  checkFrameCount(frames);
  const random = createRandom(seed, cameraStream);
  const [from, to] = [drawBetween(random, -reach, reach), drawBetween(random, -reach, reach)];
  return Array.from({ length: frames }, (_, frame) => {
    const x = from + ((to - from) * frame) / frames;
    return cameraPose([x, outline[0][1] + fromWall, eyeHeight], Math.PI / 2, tilt);
  });
}
