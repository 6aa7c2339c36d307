import type { OrientedBox, Vec3 } from "@vsi/dataset";
import fc from "fast-check";

/** Rows of the rotation by a quaternion (normalised here). */
function rotation([w, x, y, z]: readonly number[]): [Vec3, Vec3, Vec3] {
  const s = 2 / (w * w + x * x + y * y + z * z);
  return [
    [1 - s * (y * y + z * z), s * (x * y - w * z), s * (x * z + w * y)],
    [s * (x * y + w * z), 1 - s * (x * x + z * z), s * (y * z - w * x)],
    [s * (x * z - w * y), s * (y * z + w * x), 1 - s * (x * x + y * y)],
  ];
}

const component = fc.double({ min: -1, max: 1, noNaN: true });
const axes = fc
  .oneof(
    fc.tuple(component, component, component, component),
    // Upright and axis-aligned boxes: parallel edges and faces.
    fc.tuple(component, fc.constant(0), fc.constant(0), component),
    fc.constant([1, 0, 0, 0] as const),
  )
  .filter((quaternion) => Math.hypot(...quaternion) > 0.1)
  .map(rotation);
const size = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 3, noNaN: true }));
const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -4, max: 4, noNaN: true }));

/** Solid, flat, stick-like and point-like boxes at any rotation. */
export const orientedBox: fc.Arbitrary<OrientedBox> = fc.record({
  center: fc.tuple(coordinate, coordinate, coordinate),
  size: fc.tuple(size, size, size),
  axes,
});

export function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** The point of the solid box nearest to a point. */
export function project(point: Vec3, box: OrientedBox): Vec3 {
  const nearest: Vec3 = [...box.center];
  for (let axis = 0; axis < 3; axis += 1) {
    const along = dot(point.map((value, k) => value - box.center[k]) as Vec3, box.axes[axis]);
    const half = box.size[axis] / 2;
    const clamped = Math.max(-half, Math.min(half, along));
    for (let k = 0; k < 3; k += 1) nearest[k] += clamped * box.axes[axis][k];
  }
  return nearest;
}

/**
 * Bounds of the distance by a convex solver that knows nothing of faces and edges: points projected to and fro between
 * the boxes (von Neumann) approach the closest ones, any pair being an upper bound; the gap of the boxes' shadows along
 * any direction is a lower bound.
 */
export function distanceBounds(a: OrientedBox, b: OrientedBox): { lower: number; upper: number } {
  let inA = a.center;
  let inB = project(inA, b);
  let lower = 0;
  let upper = Infinity;
  for (let round = 0; round < 3000 && upper - lower > 1e-8; round += 1) {
    inA = project(inB, a);
    inB = project(inA, b);
    const way = inB.map((value, k) => value - inA[k]) as Vec3;
    upper = Math.hypot(...way);
    if (upper < 1e-12) break;
    const direction = way.map((value) => value / upper) as Vec3;
    const reach = (box: OrientedBox) =>
      box.axes.reduce((sum, axis, k) => sum + (Math.abs(dot(axis, direction)) * box.size[k]) / 2, 0);
    const gap = dot(b.center.map((value, k) => value - a.center[k]) as Vec3, direction) - reach(a) - reach(b);
    lower = Math.max(lower, gap);
  }
  return { lower, upper };
}
