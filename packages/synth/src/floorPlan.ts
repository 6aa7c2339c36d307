import { at } from "@vsi/dataset/internal";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawLength } from "./random.ts";

/** A point on the floor: [x, y] in metres, axis-aligned frame. */
export type FloorPoint = [number, number];

/** A rectangle on the floor whose sides follow the axes; metres. */
export interface FloorRectangle {
  min: FloorPoint;
  max: FloorPoint;
}

/** The kinds of room, in the order in which sample rooms go through them. */
export const FLOOR_PLAN_SHAPES = ["rectangle", "lShape", "pillar", "twoRooms"] as const;

/** One of FLOOR_PLAN_SHAPES. */
export type FloorPlanShape = (typeof FLOOR_PLAN_SHAPES)[number];

/** The passage through the partition of two rooms. */
export interface Doorway {
  /** The floor inside the partition; the passage is along x. */
  floor: FloorRectangle;
  /** Clear height in metres. */
  height: number;
}

/** A room seen from above. Metres, axis-aligned frame, +Z up, floor at z = 0. */
export interface FloorPlan {
  shape: FloorPlanShape;
  /**
   * The inner faces of the outer walls, counter-clockwise, first corner not repeated; the middle of its bounding box is
   * the origin.
   */
  outline: FloorPoint[];
  /** The floor one can see: rectangles that do not overlap and leave out `solids`. */
  floor: FloorRectangle[];
  /**
   * What fills the room from floor to ceiling: the pillar, or the two pieces of the partition. Part of the room's area.
   */
  solids: FloorRectangle[];
  /** Only with two rooms. */
  doorway: Doorway | null;
  ceilingHeight: number;
}

/** A plan before it has its kind's name and its ceiling. */
export type FloorPlanSketch = Omit<FloorPlan, "shape" | "ceilingHeight">;

/** A floor plan of the given kind, 20 to 40 m2, with a ceiling 2.4 to 2.8 m up. */
export function makeFloorPlan(random: RandomGenerator, shape: FloorPlanShape): FloorPlan {
  const sketch = centerFloorPlan(SKETCHERS[shape](random));
  return { shape, ...sketch, ceilingHeight: drawLength(random, 2.4, 2.8) };
}

/** Moves a plan so that the middle of its bounding box is the origin, as in ScanNet's axis-aligned scans. */
export function centerFloorPlan(sketch: FloorPlanSketch): FloorPlanSketch {
  const alongX = sketch.outline.map(([x]) => x);
  const alongY = sketch.outline.map(([, y]) => y);
  const middleX = (Math.min(...alongX) + Math.max(...alongX)) / 2;
  const middleY = (Math.min(...alongY) + Math.max(...alongY)) / 2;
  const movePoint = ([x, y]: FloorPoint): FloorPoint => [x - middleX, y - middleY];
  const moveRectangle = ({ min, max }: FloorRectangle): FloorRectangle => ({
    min: movePoint(min),
    max: movePoint(max),
  });
  return {
    outline: sketch.outline.map(movePoint),
    floor: sketch.floor.map(moveRectangle),
    solids: sketch.solids.map(moveRectangle),
    doorway: sketch.doorway && { ...sketch.doorway, floor: moveRectangle(sketch.doorway.floor) },
  };
}

const SKETCHERS: Record<FloorPlanShape, (random: RandomGenerator) => FloorPlanSketch> = {
  rectangle: drawRectangularRoom,
  lShape: drawLShape,
  pillar: drawPillarRoom,
  twoRooms: drawTwoRooms,
};

/** Four walls around 20 to 37 m2. */
function drawRectangularRoom(random: RandomGenerator): FloorPlanSketch {
  const room: FloorRectangle = { min: [0, 0], max: [drawLength(random, 5, 7), drawLength(random, 4, 5.3)] };
  return { outline: rectangleCorners(room), floor: [room], solids: [], doorway: null };
}

/** The corners of a rectangle, counter-clockwise from its minimum. */
export function rectangleCorners({ min, max }: FloorRectangle): FloorPoint[] {
  return [
    [min[0], min[1]],
    [max[0], min[1]],
    [max[0], max[1]],
    [min[0], max[1]],
  ];
}

/** An L: a rectangle whose upper right corner is missing, 20 to 37 m2. */
function drawLShape(random: RandomGenerator): FloorPlanSketch {
  const width = drawLength(random, 5.5, 7);
  const depth = drawLength(random, 5, 5.8);
  const notchLeft = width - drawLength(random, 2, 2.8);
  const notchBottom = depth - drawLength(random, 1.8, 2.6);
  return {
    outline: [
      [0, 0],
      [width, 0],
      [width, notchBottom],
      [notchLeft, notchBottom],
      [notchLeft, depth],
      [0, depth],
    ],
    floor: [
      { min: [0, 0], max: [width, notchBottom] },
      { min: [0, notchBottom], max: [notchLeft, depth] },
    ],
    solids: [],
    doorway: null,
  };
}

/** A rectangle of 26 to 39 m2 with a square pillar standing free near its middle. */
function drawPillarRoom(random: RandomGenerator): FloorPlanSketch {
  const width = drawLength(random, 5.8, 7.2);
  const depth = drawLength(random, 4.6, 5.4);
  const side = drawLength(random, 0.4, 0.6);
  const left = drawLength(random, 2, width - side - 2);
  const bottom = drawLength(random, 1.8, depth - side - 1.8);
  const pillar: FloorRectangle = { min: [left, bottom], max: [left + side, bottom + side] };
  return {
    outline: rectangleCorners({ min: [0, 0], max: [width, depth] }),
    floor: [
      { min: [0, 0], max: [width, bottom] },
      { min: [0, bottom], max: [left, bottom + side] },
      { min: [left + side, bottom], max: [width, bottom + side] },
      { min: [0, bottom + side], max: [width, depth] },
    ],
    solids: [pillar],
    doorway: null,
  };
}

/** Two rooms side by side, 27 to 40 m2 together, and a partition with a doorway between them. */
function drawTwoRooms(random: RandomGenerator): FloorPlanSketch {
  const width = drawLength(random, 6.8, 8.2);
  const depth = drawLength(random, 4, 4.8);
  const partitionLeft = drawLength(random, 3.2, width - 3.4);
  const partitionRight = partitionLeft + drawLength(random, 0.1, 0.15);
  const doorwayBottom = drawLength(random, 0.8, depth - 1.8);
  const doorwayTop = doorwayBottom + drawLength(random, 0.85, 1);
  const doorway = {
    min: [partitionLeft, doorwayBottom] as [number, number],
    max: [partitionRight, doorwayTop] as [number, number],
  };
  return {
    outline: rectangleCorners({ min: [0, 0], max: [width, depth] }),
    floor: [{ min: [0, 0], max: [partitionLeft, depth] }, { min: [partitionRight, 0], max: [width, depth] }, doorway],
    solids: [
      { min: [partitionLeft, 0], max: [partitionRight, doorwayBottom] },
      { min: [partitionLeft, doorwayTop], max: [partitionRight, depth] },
    ],
    doorway: { floor: doorway, height: 2.05 },
  };
}

/**
 * The area inside a simple polygon in square metres, by the shoelace formula; positive when it runs counter-clockwise.
 */
export function polygonArea(polygon: readonly FloorPoint[]): number {
  let doubled = 0;
  for (const [i, [x, y]] of polygon.entries()) {
    const [nextX, nextY] = nextCorner(polygon, i);
    doubled += x * nextY - nextX * y;
  }
  return doubled / 2;
}

/** The corner after the given one; after the last comes the first. */
export function nextCorner(polygon: readonly FloorPoint[], corner: number): FloorPoint {
  return at(polygon, (corner + 1) % polygon.length);
}

/** Whether a point lies inside a simple polygon: a ray to the right crosses its sides an odd number of times. */
export function polygonContains(polygon: readonly FloorPoint[], [x, y]: FloorPoint): boolean {
  let inside = false;
  for (const [i, [fromX, fromY]] of polygon.entries()) {
    const [toX, toY] = nextCorner(polygon, i);
    const straddles = fromY > y !== toY > y;
    if (straddles && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) inside = !inside;
  }
  return inside;
}
