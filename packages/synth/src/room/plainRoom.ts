import { at } from "@vsi/dataset/internal";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { CAMERA_STREAM, type CameraPose, cameraPose } from "../camera/pose.ts";
import { CAMERA_WALK_DEFAULTS, type CameraWalkOptions, checkFrameCount } from "../camera/walk.ts";
import { centerFloorPlan, type FloorPlan, type FloorRectangle, nextCorner, rectangleCorners } from "../floorPlan.ts";
import type { Piece } from "../furniture/piece.ts";
import { block } from "../furniture/shapes.ts";
import { piecePatches, type RoomObject } from "../mesh/patches.ts";
import { createRandom, drawBetween, shuffle } from "../random.ts";
import type { RoomContent } from "./content.ts";
import { floorPatch, wallPatch } from "./shell.ts";

/**
 * How many blocks: from two, because questions count only labels that occur twice; to seven, so that one place of the
 * row stays free.
 */
const [FEWEST, MOST] = [2, 7];

/** Width, depth and height of every block, metres: all the same, so that the colour seen grows with their number. */
const BLOCK_SIZE = [0.4, 0.4, 1.6] as const;

/** Places in the row, and metres from one to the next. */
const [SLOTS, STEP] = [8, 0.46];

/** Metres from the middle of the row to the wall behind it. */
const BEHIND_ROW = 0.3;

/**
 * Width and depth in metres: so wide that the side walls stay out of the picture, so deep that 58 degrees show the
 * whole row.
 */
const ROOM: FloorRectangle = { min: [0, 0], max: [5, 4.4] };
const CEILING_HEIGHT = 2.6;
const WALL_COLOR = [240, 240, 240] as const;
const FLOOR_COLOR = [150, 150, 150] as const;

/**
 * A room with nothing but two to seven blocks of one kind in a row along a wall, at places drawn.
 * @param variant any integer; consecutive ones go through all kinds and numbers, so that guessing a number earns nothing.
 */
export function buildPlainRoom(random: RandomGenerator, variant: number): RoomContent {
  const sketch = centerFloorPlan({ outline: rectangleCorners(ROOM), floor: [ROOM], solids: [], doorway: null });
  const { outline } = sketch;
  const { label, color } = at(PLAIN_KINDS, remainder(variant, PLAIN_KINDS.length));
  const count = FEWEST + remainder(Math.floor(variant / PLAIN_KINDS.length), MOST - FEWEST + 1);
  const places = shuffle(
    random,
    Array.from({ length: SLOTS }, (_, slot) => slot),
  );
  const [width, depth, height] = BLOCK_SIZE;
  const pieces = places.slice(0, count).map(
    (place): Piece => ({
      label,
      center: [(place - (SLOTS - 1) / 2) * STEP, at(outline, 2)[1] - BEHIND_ROW],
      elevation: 0,
      yaw: 0,
      size: [width, depth, height],
      parts: block([width, depth, height]),
    }),
  );
  const objects: RoomObject[] = [
    { label: "floor", patches: sketch.floor.map(floorPatch), piece: null, color: FLOOR_COLOR },
    ...outline.map((start, wall) => ({
      label: "wall",
      patches: [wallPatch(start, nextCorner(outline, wall), CEILING_HEIGHT)],
      piece: null,
      color: WALL_COLOR,
    })),
    ...pieces.map((piece) => ({ label, patches: piecePatches(piece), piece, color })),
  ];
  return {
    sceneType: "Misc.",
    floorPlan: { shape: "rectangle", ...sketch, ceilingHeight: CEILING_HEIGHT },
    pieces,
    objects,
  };
}

/** Of 0 to divisor - 1, also for a negative dividend. */
function remainder(dividend: number, divisor: number): number {
  return ((dividend % divisor) + divisor) % divisor;
}

/** A kind of block in a plain room. */
interface PlainKind {
  /** ScanNet's raw label. */
  label: string;
  /** Red, green and blue, 0 to 255. */
  color: readonly [red: number, green: number, blue: number];
}

/**
 * The kinds of plain rooms, each in a colour of its own: one of red, green and blue is strong, the other two are weak.
 */
export const PLAIN_KINDS: readonly PlainKind[] = [
  { label: "cabinet", color: [225, 30, 30] },
  { label: "printer", color: [30, 200, 30] },
  { label: "suitcase", color: [30, 60, 225] },
];

/** Metres from the wall behind the camera. */
const FROM_WALL = 0.3;

/** Metres to each side of the middle: so far, the whole row of blocks stays in a view of 58 degrees. */
const REACH = 0.12;

/** Metres above the floor: a scanner held before the chest of someone standing. */
const EYE_HEIGHT = 1.5;

/** Radians below the horizontal: the blocks come to stand in the middle of the picture. */
const TILT = 0.16;

/**
 * A slow sidestep across a plain room, from a place drawn to another, looking straight at the row of blocks.
 * @returns a pose a frame; each shows all the blocks.
 * @throws SynthError "frame-count" when `frames` is not a whole number of at least 1.
 */
export function plainWalk({ outline }: FloorPlan, options: CameraWalkOptions): CameraPose[] {
  const { seed, frames } = { ...CAMERA_WALK_DEFAULTS, ...options };
  checkFrameCount(frames);
  const random = createRandom(seed, CAMERA_STREAM);
  const [from, to] = [drawBetween(random, -REACH, REACH), drawBetween(random, -REACH, REACH)];
  return Array.from({ length: frames }, (_, frame) => {
    const x = from + ((to - from) * frame) / frames;
    return cameraPose([x, at(outline, 0)[1] + FROM_WALL, EYE_HEIGHT], Math.PI / 2, TILT);
  });
}
