import type { Vec3 } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { FloorPlan, FloorPoint } from "../floorPlan.ts";
import { nextCorner } from "../floorPlan.ts";
import { drawBetween, drawLength, shuffle } from "../random.ts";
import { footprintsOverlap, rectangleFootprint } from "./footprints.ts";
import type { Piece } from "./piece.ts";
import { block, frame, type PartShape } from "./shapes.ts";

/** What hangs on the walls; the door always comes first. */
interface Openings {
  /** The way in; its frame follows it in `pieces`. */
  door: Piece;
  pieces: Piece[];
}

/** The posts and the lintel of `frame`, metres. */
const FRAME_THICKNESS = 0.05;

/**
 * A door in its frame on one outer wall, windows and pictures on the others, and the frame of the partition's doorway.
 */
export function placeOpenings(random: RandomGenerator, plan: FloorPlan): Openings {
  const walls = shuffle(
    random,
    plan.outline.map((_, wall) => wall),
  );
  const doorSize: Vec3 = [drawLength(random, 0.8, 0.95), 0.04, drawLength(random, 2, 2.08)];
  const frameSize: Vec3 = [doorSize[0] + 2 * FRAME_THICKNESS, FRAME_THICKNESS, doorSize[2] + FRAME_THICKNESS];
  const doorframe = hang(random, plan, at(walls, 0), "doorframe", frame, frameSize, 0);
  const door = mountAt(doorframe, "door", doorSize);
  const pieces = [door, doorframe];
  for (const wall of walls.slice(1, 3)) {
    const size: Vec3 = [drawLength(random, 0.8, 1.5), 0.05, drawLength(random, 0.9, 1.2)];
    pieces.push(hang(random, plan, wall, "window", block, size, 0.9));
  }
  for (const wall of walls.slice(3)) {
    if (drawBetween(random, 0, 1) < 0.5) continue;
    const size: Vec3 = [drawLength(random, 0.4, 0.9), 0.03, drawLength(random, 0.3, 0.6)];
    pieces.push(hang(random, plan, wall, "picture", block, size, 1.4));
  }
  if (plan.doorway) {
    const { center, width, depth } = rectangleFootprint(plan.doorway.floor);
    const size: Vec3 = [depth, width, plan.doorway.height];
    pieces.push({ label: "doorframe", center, elevation: 0, yaw: Math.PI / 2, size, parts: frame(size) });
  }
  return { door, pieces };
}

/**
 * 200: the partition's end takes at most a twentieth of a wall's places, so this many misses in a row do not happen.
 */
const TRIES_ON_WALL = 200;

/** A piece whose back lies in the wall's plane, clear of the partition's end. */
function hang(
  random: RandomGenerator,
  plan: FloorPlan,
  wall: number,
  label: string,
  shape: PartShape,
  size: Vec3,
  elevation: number,
): Piece {
  const solids = plan.solids.map(rectangleFootprint);
  let pose = placeAtWall(plan.outline, wall, 0, size[0], size[1] / 2);
  for (let attempt = 0; attempt < TRIES_ON_WALL; attempt += 1) {
    pose = placeAtWall(plan.outline, wall, drawBetween(random, 0.1, 0.9), size[0], size[1] / 2);
    const footprint = { ...pose, width: size[0], depth: size[1] };
    if (!solids.some((solid) => footprintsOverlap(footprint, solid, FRAME_THICKNESS))) break;
  }
  return { label, ...pose, elevation, size, parts: shape(size) };
}

/** A leaf inside its frame, both flush with the wall. */
function mountAt(doorframe: Piece, label: string, size: Vec3): Piece {
  const setBack = (doorframe.size[1] - size[1]) / 2;
  return {
    label,
    center: [
      doorframe.center[0] - Math.sin(doorframe.yaw) * setBack,
      doorframe.center[1] + Math.cos(doorframe.yaw) * setBack,
    ],
    elevation: 0,
    yaw: doorframe.yaw,
    size,
    parts: block(size),
  };
}

/**
 * The pose of a piece whose back is to a wall.
 * @param wall the side of the outline from corner `wall` to the next one.
 * @param along 0: as near the wall's start as its width allows; 1: as near its end.
 * @param distance metres from the wall to the middle of the piece.
 */
export function placeAtWall(
  outline: readonly FloorPoint[],
  wall: number,
  along: number,
  width: number,
  distance: number,
): Pick<Piece, "center" | "yaw"> {
  const [startX, startY] = at(outline, wall);
  const [endX, endY] = nextCorner(outline, wall);
  const length = Math.hypot(endX - startX, endY - startY);
  const [directionX, directionY] = [(endX - startX) / length, (endY - startY) / length];
  const walked = width / 2 + along * (length - width);
  return {
    // The outline runs counter-clockwise: the room lies to the left of the wall's direction.
    center: [
      startX + walked * directionX - distance * directionY,
      startY + walked * directionY + distance * directionX,
    ],
    yaw: Math.atan2(-directionY, -directionX),
  };
}
