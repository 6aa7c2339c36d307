import { describe, expect, test } from "@jest/globals";
import type { OrientedBox, Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { bottomOf, boxCorners, standpointsBy } from "../../src/scene/standpoints.ts";
import { objectAt, turned } from "../support/facts.ts";

type Flat = readonly [number, number];

/** Corners by their definition: the centre plus or minus half of each side along its axis. */
function cornersOf({ center, size, axes }: OrientedBox): Vec3[] {
  return Array.from({ length: 8 }, (_, bits) =>
    center.map((value, k) =>
      axes.reduce((sum, axis, side) => sum + ((bits >> side) & 1 ? 1 : -1) * (size[side]! / 2) * axis[k]!, value),
    ),
  ) as Vec3[];
}

function distanceToSegment([x, y]: Flat, [ax, ay]: Flat, [bx, by]: Flat): number {
  const squared = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = squared === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared));
  return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
}

/**
 * Metres from a point to the footprint, without a hull: every point of a convex polygon lies on a segment between two of
 * the corners or inside a triangle of three; outside, the nearest one is on a segment.
 */
function distanceToFootprint(point: Flat, corners: readonly Flat[]): number {
  return Math.min(...corners.flatMap((a) => corners.map((b) => distanceToSegment(point, a, b))));
}

/** Whether a line through the point has all corners on one side: it is outside of the footprint then. */
function isOutside([x, y]: Flat, corners: readonly Flat[]): boolean {
  return Array.from({ length: 720 }, (_, step) => (step * Math.PI) / 360).some((angle) =>
    corners.every(([cx, cy]) => (cx - x) * Math.cos(angle) + (cy - y) * Math.sin(angle) > 0),
  );
}

/** Unit vectors by Rodrigues' formula: the standard axes turned about `axis` by `angle`. */
function turnedAxes(axis: Vec3, angle: number): OrientedBox["axes"] {
  const length = Math.hypot(...axis);
  const [kx, ky, kz] = axis.map((value) => value / length) as Vec3;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const rotate = ([x, y, z]: Vec3): Vec3 => {
    const along = (kx * x + ky * y + kz * z) * (1 - c);
    return [
      x * c + (ky * z - kz * y) * s + kx * along,
      y * c + (kz * x - kx * z) * s + ky * along,
      z * c + (kx * y - ky * x) * s + kz * along,
    ];
  };
  return [rotate([1, 0, 0]), rotate([0, 1, 0]), rotate([0, 0, 1])];
}

const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
const side = fc.double({ min: 0.02, max: 3, noNaN: true });
const standoff = fc.constantFrom(0.1, 0.3, 1);

/** Boxes turned about any axis. */
const tilted: fc.Arbitrary<OrientedBox> = fc
  .record({
    center: fc.tuple(coordinate, coordinate, coordinate),
    size: fc.tuple(side, side, side),
    axis: fc.tuple(coordinate, coordinate, coordinate).filter((axis) => Math.hypot(...axis) > 0.1),
    angle: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
  })
  .map(({ center, size, axis, angle }) => ({ center, size, axes: turnedAxes(axis, angle) }));

const flat = (corners: readonly Vec3[]): Flat[] => corners.map(([x, y]) => [x, y]);

test("boxCorners: the centre and half the sides, in whatever order", () => {
  const text = (corners: readonly Vec3[]) =>
    corners.map((corner) => corner.map((value) => (Math.round(value * 1e6) + 0) / 1e6).join()).sort();
  fc.assert(fc.property(tilted, (box) => expect(text(boxCorners(box))).toEqual(text(cornersOf(box)))));
});

describe("standpointsBy", () => {
  test("each of the 16 is as far from the footprint as somebody stands, outside of it, on the floor plane", () => {
    fc.assert(
      fc.property(tilted, standoff, (box, standoff_m) => {
        const corners = flat(cornersOf(box));
        const points = standpointsBy({ box }, standoff_m);
        expect(points).toHaveLength(16);
        for (const [x, y, z] of points) {
          expect(z).toBe(0);
          expect(distanceToFootprint([x, y], corners)).toBeCloseTo(standoff_m, 5);
          expect(isOutside([x, y], corners)).toBe(true);
        }
      }),
    );
  });

  test("they stand at equal ways along the walk: each has its own sixteenth of a dense one", () => {
    fc.assert(
      fc.property(
        fc.tuple(side, side),
        fc.double({ min: 0, max: Math.PI, noNaN: true }),
        standoff,
        ([width, depth], yaw, standoff_m) => {
          const object = turned(objectAt(0, "bed", [1, 2, 0.5], [width, depth, 1]), yaw);
          const points = standpointsBy(object, standoff_m);
          // The walk around a rectangle, by its definition: four sides and a circle.
          const way = 2 * (width + depth) + 2 * Math.PI * standoff_m;
          const along = points.map((point) => wayAlong(point, object, width, depth, standoff_m)).sort((a, b) => a - b);
          for (const [index, place] of along.slice(1).entries()) {
            expect(place - along[index]!).toBeCloseTo(way / 16, 5);
          }
        },
      ),
    );
  });

  test.each<[string, Vec3]>([
    ["a point", [0, 0, 0]],
    ["a pole", [0, 0, 2]],
    ["a picture on a wall", [1.2, 0, 0.8]],
    ["a rug's edge", [0, 0.7, 0]],
  ])("%s has no area: all the same 16 different places around it, no nearer than somebody stands", (_, size) => {
    const object = objectAt(0, "thing", [1, -2, 0.5], size);
    const points = standpointsBy(object, 0.3);
    expect(points).toHaveLength(16);
    expect(new Set(points.map((point) => point.map((value) => value.toFixed(6)).join())).size).toBe(16);
    for (const [x, y] of points) {
      expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
      expect(distanceToFootprint([x, y], flat(cornersOf(object.box)))).toBeGreaterThanOrEqual(0.3 - 1e-9);
      // About the middle, by half the longest side at the most.
      expect(Math.hypot(x - 1, y + 2)).toBeLessThanOrEqual(0.3 + Math.max(...size.slice(0, 2)) / 2 + 1e-9);
    }
  });
});

/** How far along the walk a point is: in the rectangle's own axes, from the middle of the right side's lower end on. */
function wayAlong(
  point: Vec3,
  { box }: { box: OrientedBox },
  width: number,
  depth: number,
  standoff_m: number,
): number {
  const offset = point.map((value, k) => value - box.center[k]!);
  const [u, v] = box.axes.map((axis) => axis[0]! * offset[0]! + axis[1]! * offset[1]!) as [number, number];
  const quarter = (Math.PI / 2) * standoff_m;
  const arc = (x: number, y: number) => Math.atan2(y, x) * standoff_m;
  const [right, top] = [width / 2, depth / 2];
  // Counter-clockwise: right side, corner, top, corner, left, corner, bottom, corner.
  if (Math.abs(v) <= top && u > 0) return v + top;
  if (u > right && v > top) return depth + arc(u - right, v - top);
  if (Math.abs(u) <= right && v > 0) return depth + quarter + (right - u);
  if (u < -right && v > top) return depth + quarter + width + arc(v - top, -right - u);
  if (Math.abs(v) <= top) return depth + 2 * quarter + width + (top - v);
  if (u < -right) return 2 * depth + 2 * quarter + width + arc(-right - u, -top - v);
  if (Math.abs(u) <= right) return 2 * depth + 3 * quarter + width + (u + right);
  return 2 * depth + 3 * quarter + 2 * width + arc(-top - v, u - right);
}

describe("bottomOf", () => {
  test("the axis-aligned box's lower end", () => {
    expect(bottomOf(objectAt(0, "bed", [0, 0, 1], [1, 1, 0.5]))).toBe(0.75);
  });

  test("without that box, the lowest corner of the oriented one", () => {
    fc.assert(
      fc.property(tilted, (box) => {
        expect(bottomOf({ box })).toBeCloseTo(Math.min(...cornersOf(box).map((corner) => corner[2])), 9);
      }),
    );
  });
});

test("regression: a footprint whose corners rounding alone tells apart is a point, and was stood by nowhere", () => {
  const { box } = objectAt(0, "pin", [1, 2, 0], [0, 1e-323, 0]);
  const points = standpointsBy({ box }, 0.3);
  expect(points).toHaveLength(16);
  for (const [x, y] of points) expect(Math.hypot(x - 1, y - 2)).toBeCloseTo(0.3, 9);
});
