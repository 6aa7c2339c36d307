import { expect } from "@jest/globals";
import type { OrientedBox, Vec3 } from "@vsi/dataset";
import fc from "fast-check";

const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -5, max: 5, noNaN: true }));

/** Clouds with the degenerate ones among them: small integers make duplicated, collinear and flat ones likely. */
export const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 40 });

export function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** Axes orthonormal and right-handed, sizes not negative and finite. */
export function expectProperBox(box: OrientedBox): void {
  const [a, b, c] = box.axes;
  for (const [first, second, product] of [
    [a, a, 1],
    [b, b, 1],
    [c, c, 1],
    [a, b, 0],
    [b, c, 0],
    [c, a, 0],
  ] as const) {
    expect(dot(first, second)).toBeCloseTo(product, 10);
  }
  const cross: Vec3 = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  expect(dot(cross, c)).toBeCloseTo(1, 10);
  for (const size of box.size) expect(Number.isFinite(size) && size >= 0).toBe(true);
}

/** Along each axis the box reaches to the outermost points and no farther. */
export function expectTightAround(box: OrientedBox, points: readonly Vec3[], tolerance = 1e-9): void {
  for (let axis = 0; axis < 3; axis += 1) {
    const along = points.map((point) => dot(point.map((value, k) => value - box.center[k]) as Vec3, box.axes[axis]));
    expect(Math.abs(Math.max(...along) - box.size[axis] / 2)).toBeLessThan(tolerance);
    expect(Math.abs(Math.min(...along) + box.size[axis] / 2)).toBeLessThan(tolerance);
  }
}
