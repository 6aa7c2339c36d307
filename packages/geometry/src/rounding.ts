import type { AxisAlignedBox, OrientedBox, Room, Vec3 } from "@vsi/dataset";

/**
 * Metres (square metres for areas) between neighbouring numbers in scene facts: a micrometre, finer than a mesh's
 * float32 coordinates.
 */
export const FACTS_STEP = 1e-6;

const LENGTH_STEPS = 1 / FACTS_STEP;

/** A direction turned by 1e-9 moves the end of a 10 m box by 0.01 micrometres. */
const DIRECTION_STEPS = 1e9;

/** A length, coordinate or area as scene facts hold it: rounded to 1e-6, never -0 (JSON would turn it into 0). */
export function roundLength(metres: number): number {
  return round(metres, LENGTH_STEPS);
}

/** A point as scene facts hold it. */
export function roundPoint(point: Vec3): Vec3 {
  return [roundLength(point[0]), roundLength(point[1]), roundLength(point[2])];
}

/** Metres between neighbouring coordinates of facts' closest points. */
export const CLOSEST_STEP = 1e-3;

/**
 * Two objects' closest points as scene facts hold them: to a millimetre, which no scanner sees and no drawing shows. There
 * are two for every two objects, most of a file's bytes: in micrometres they would take a third more.
 */
export function roundClosest([a, b]: [Vec3, Vec3]): [Vec3, Vec3] {
  return [a, b].map(([x, y, z]) => [x, y, z].map((metres) => round(metres, 1 / CLOSEST_STEP))) as [Vec3, Vec3];
}

/** A box as scene facts hold it: lengths to 1e-6, axes to 1e-9. */
export function roundOrientedBox(box: OrientedBox): OrientedBox {
  const [first, second, third] = box.axes;
  return {
    center: roundPoint(box.center),
    size: roundPoint(box.size),
    axes: [roundDirection(first), roundDirection(second), roundDirection(third)],
  };
}

/** A box as scene facts hold it. */
export function roundAxisAlignedBox(box: AxisAlignedBox): AxisAlignedBox {
  return { min: roundPoint(box.min), max: roundPoint(box.max) };
}

/** A room as scene facts hold it. */
export function roundRoom(room: Room): Room {
  return {
    area_m2: roundLength(room.area_m2),
    center: roundPoint(room.center),
    outline: room.outline?.map((ring) => ring.map(([x, y]) => [roundLength(x), roundLength(y)])) ?? null,
    walkable: room.walkable,
  };
}

function roundDirection(direction: Vec3): Vec3 {
  return [
    round(direction[0], DIRECTION_STEPS),
    round(direction[1], DIRECTION_STEPS),
    round(direction[2], DIRECTION_STEPS),
  ];
}

function round(value: number, steps: number): number {
  // Adding 0 turns -0 into 0.
  return Math.round(value * steps) / steps + 0;
}
