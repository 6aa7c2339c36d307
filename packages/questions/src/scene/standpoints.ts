import { at } from "@vsi/dataset/internal";
import type { AxisAlignedBox, OrientedBox, SceneObject, Vec3 } from "@vsi/geometry";
import { floorHull } from "@vsi/geometry/internal";
import { remembered } from "../remembered.ts";

/** Standpoints looked at: one every 22.5 degrees of a walk around the object. */
const STANDPOINTS = 16;

/** Corners of a box. */
export const BOX_CORNERS = 8;

/** The eight corners of a box, the same list for the same box; metres. */
export function boxCorners(box: OrientedBox): readonly Vec3[] {
  return remembered(CORNERS, box, () => cornersOf(box));
}

/** A room's few dozen boxes stand in thousands of triples of objects. */
const CORNERS = new WeakMap<OrientedBox, readonly Vec3[]>();

const SIGNS = [-1, 1];

function cornersOf({ center, size, axes: [first, second, third] }: OrientedBox): Vec3[] {
  const corners: Vec3[] = [];
  for (const alongFirst of SIGNS) {
    for (const alongSecond of SIGNS) {
      for (const alongThird of SIGNS) {
        const [u, v, w] = [(alongFirst * size[0]) / 2, (alongSecond * size[1]) / 2, (alongThird * size[2]) / 2];
        corners.push([
          center[0] + u * first[0] + v * second[0] + w * third[0],
          center[1] + u * first[1] + v * second[1] + w * third[1],
          center[2] + u * first[2] + v * second[2] + w * third[2],
        ]);
      }
    }
  }
  return corners;
}

/**
 * Height of an object's lowest point, metres. Facts that were made by hand may lack the axis-aligned box: then the lowest
 * corner of the oriented one.
 */
export function bottomOf({ aabb, box }: Partial<Pick<SceneObject, "aabb">> & Pick<SceneObject, "box">): number {
  return aabb?.min[2] ?? Math.min(...boxCorners(box).map((corner) => corner[2]));
}

/**
 * Where somebody may stand who stands by an object: 16 points at equal ways along the outline of the object's footprint
 * (its oriented box from above) grown by `standoff_m`.
 *
 * @returns [x, y, 0], metres, axis-aligned.
 */
export function standpointsBy({ box }: { box: OrientedBox }, standoff_m: number): readonly Vec3[] {
  const known = KNOWN.get(box);
  if (known?.standoff_m === standoff_m) return known.points;
  const points = pointsAround(box, standoff_m);
  KNOWN.set(box, { standoff_m, points });
  return points;
}

/** A box along the frame's axes as an oriented one, the same object for the same box. */
export function alignedBox(aabb: AxisAlignedBox): OrientedBox {
  return remembered(ALIGNED, aabb, () => orientedBox(aabb));
}

const ALIGNED = new WeakMap<AxisAlignedBox, OrientedBox>();

function orientedBox({ min, max }: AxisAlignedBox): OrientedBox {
  const middle = (axis: 0 | 1 | 2) => (min[axis] + max[axis]) / 2;
  const side = (axis: 0 | 1 | 2) => max[axis] - min[axis];
  return {
    center: [middle(0), middle(1), middle(2)],
    size: [side(0), side(1), side(2)],
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  };
}

/** An object is stood by in hundreds of questions that are looked at. */
const KNOWN = new WeakMap<OrientedBox, { standoff_m: number; points: readonly Vec3[] }>();

function pointsAround(box: OrientedBox, standoff_m: number): Vec3[] {
  const corners = apart(footprintOf(box));
  const [first] = corners;
  // Seen from above, the box is a point.
  if (first !== undefined && corners.length === 1) return circle(first, standoff_m);
  const sides = corners.map((from, index) => sideOf(from, at(corners, (index + 1) % corners.length)));
  for (const [index, side] of sides.entries()) {
    side.turn = (side.outward - at(sides, (index + 1) % sides.length).outward + 4 * Math.PI) % (2 * Math.PI);
  }
  const length = sides.reduce((sum, side) => sum + side.length + side.turn * standoff_m, 0);
  const points: Vec3[] = [];
  for (let point = 0; point < STANDPOINTS; point += 1) {
    points.push(pointAlong(sides, (length * (point + 0.5)) / STANDPOINTS, standoff_m));
  }
  return points;
}

/** Corners from above, clockwise. */
function footprintOf(box: OrientedBox): Corner[] {
  const corners = boxCorners(box);
  const positions = new Float64Array(3 * BOX_CORNERS);
  for (const [index, corner] of corners.entries()) positions.set(corner, 3 * index);
  return floorHull(positions);
}

/** Corners that rounding doubled have no side between them. */
const SAME_CORNER_M = 1e-6;

function apart(corners: readonly Corner[]): Corner[] {
  const kept: Corner[] = [];
  for (const corner of corners) {
    if (!isNear(corner, kept.at(-1)) && !isNear(corner, kept[0])) kept.push(corner);
  }
  return kept;
}

function isNear(corner: Corner, other: Corner | undefined): boolean {
  return other !== undefined && Math.hypot(corner[0] - other[0], corner[1] - other[1]) <= SAME_CORNER_M;
}

type Corner = readonly [number, number];

/** A side of the footprint, which is walked along at a distance, and the arc around its end. */
interface Side {
  from: Corner;
  to: Corner;
  length: number;
  /** Out of the footprint: a unit vector, and its direction in radians. */
  x: number;
  y: number;
  outward: number;
  /** Radians, clockwise, to the next side. */
  turn: number;
}

/** Corners run clockwise, so that out is to the left. */
function sideOf(from: Corner, to: Corner): Side {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const x = (from[1] - to[1]) / length;
  const y = (to[0] - from[0]) / length;
  return { from, to, length, x, y, outward: Math.atan2(y, x), turn: 0 };
}

function pointAlong(sides: readonly Side[], way: number, standoff_m: number): Vec3 {
  let left = way;
  for (const side of sides) {
    if (left <= side.length) return alongSide(side, side.length === 0 ? 0 : left / side.length, standoff_m);
    left -= side.length;
    const arc = side.turn * standoff_m;
    if (left <= arc) return aroundEnd(side, arc === 0 ? 0 : left / arc, standoff_m);
    left -= arc;
  }
  return aroundEnd(at(sides, sides.length - 1), 1, standoff_m);
}

function alongSide({ from, to, x, y }: Side, share: number, standoff_m: number): Vec3 {
  return [
    from[0] + share * (to[0] - from[0]) + x * standoff_m,
    from[1] + share * (to[1] - from[1]) + y * standoff_m,
    0,
  ];
}

function aroundEnd({ to, outward, turn }: Side, share: number, standoff_m: number): Vec3 {
  const angle = outward - share * turn;
  return [to[0] + standoff_m * Math.cos(angle), to[1] + standoff_m * Math.sin(angle), 0];
}

function circle([x, y]: Corner, radius_m: number): Vec3[] {
  return Array.from({ length: STANDPOINTS }, (_, point): Vec3 => {
    const angle = (2 * Math.PI * point) / STANDPOINTS;
    return [x + radius_m * Math.cos(angle), y + radius_m * Math.sin(angle), 0];
  });
}
