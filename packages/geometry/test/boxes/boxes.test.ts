import { describe, expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/dataset";
import fc from "fast-check";
import { canonicalDirection, gravityBox, pcaBox, principalAxes } from "../../src/boxes/boxes.ts";
import { floorHull } from "../../src/boxes/hull.ts";
import { cloud, dot, expectProperBox, expectTightAround } from "../support/boxProperties.ts";

/** Area of the rectangle around the points with a side at the given angle. */
function areaAtAngle(points: readonly Vec3[], angle: number): number {
  const along = points.map(([x, y]) => x * Math.cos(angle) + y * Math.sin(angle));
  const across = points.map(([x, y]) => y * Math.cos(angle) - x * Math.sin(angle));
  return (Math.max(...along) - Math.min(...along)) * (Math.max(...across) - Math.min(...across));
}

/** Middle, length, width and longer axis of the first smallest rectangle, from rectangles around all corners. */
function rectangleByDefinition(hull: readonly [number, number][]): number[] {
  const [origin] = hull;
  const rectangles = [[1, 0], ...hull.map((from, index) => directionOf(from, hull[(index + 1) % hull.length]))]
    .filter(([x]) => !Number.isNaN(x))
    .map(([x, y]) => {
      const along = hull.map((corner) => (corner[0] - origin[0]) * x + (corner[1] - origin[1]) * y);
      const across = hull.map((corner) => (corner[1] - origin[1]) * x - (corner[0] - origin[0]) * y);
      const [minU, maxU, minV, maxV] = [along, across].flatMap((all) => [Math.min(0, ...all), Math.max(0, ...all)]);
      return { x, y, minU, maxU, minV, maxV, area: (maxU - minU) * (maxV - minV) };
    });
  // The first direction is for a hull without edges.
  const edges = rectangles.length > 1 ? rectangles.slice(1) : rectangles;
  const { x, y, minU, maxU, minV, maxV } = edges.reduce((best, other) => (other.area < best.area ? other : best));
  const [u, v] = [(minU + maxU) / 2, (minV + maxV) / 2];
  const isLonger = maxU - minU >= maxV - minV;
  const [axisX, axisY] = canonicalDirection(isLonger ? [x, y, 0] : [-y, x, 0]);
  const sides = isLonger ? [maxU - minU, maxV - minV] : [maxV - minV, maxU - minU];
  return [origin[0] + u * x - v * y, origin[1] + u * y + v * x, ...sides, axisX, axisY];
}

/** NaN for an edge too short to have one. */
function directionOf([fromX, fromY]: readonly number[], [toX, toY]: readonly number[]): [number, number] {
  const length = Math.hypot(toX - fromX, toY - fromY);
  return length < 2 ** -1022 ? [Number.NaN, Number.NaN] : [(toX - fromX) / length, (toY - fromY) / length];
}

const entry = fc.oneof(fc.constantFrom(0, 1, -1), fc.double({ min: -10, max: 10, noNaN: true }));

describe("canonicalDirection", () => {
  test("gives a direction and its opposite the same result, with the largest component positive", () => {
    const component = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(component, component, component), (direction) => {
        fc.pre(direction.some((value) => value !== 0));
        const canonical = canonicalDirection(direction);
        const opposite = canonicalDirection(direction.map((value) => -value) as Vec3);
        expect(Math.max(...canonical)).toBe(Math.max(...direction.map(Math.abs)));
        for (let axis = 0; axis < 3; axis += 1) expect(canonical[axis] === opposite[axis]).toBe(true);
      }),
      // Two components of equal size and opposite sign: the first decides.
      { examples: [[[0.5, -0.5, 0.1]]] },
    );
  });
});

describe("gravityBox", () => {
  test("is proper, upright and tight, the longer side first, for every cloud, also flat, collinear or one point", () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const box = gravityBox(points.flat());
        expectProperBox(box);
        expectTightAround(box, points);
        expect(box.axes[2]).toEqual([0, 0, 1]);
        expect(box.size[0]).toBeGreaterThanOrEqual(box.size[1]);
      }),
    );
  });

  test("has no larger area than the rectangle at any of 180 angles", () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const [length, width] = gravityBox(points.flat()).size;
        const areas = Array.from({ length: 180 }, (_, step) => areaAtAngle(points, (step * Math.PI) / 360));
        expect(length * width).toBeLessThan(Math.min(...areas) + 1e-9);
      }),
    );
  });

  test("takes the first of the hull's edges with the smallest rectangle, to the last bit", () => {
    const turned = fc
      .tuple(fc.constantFrom(0, Math.PI / 4, 0.4), fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 }))))
      .map(([yaw, places]) =>
        [[0, 0], ...places].map(
          ([u, v]): Vec3 => [u * Math.cos(yaw) - v * Math.sin(yaw), u * Math.sin(yaw) + v * Math.cos(yaw), 0],
        ),
      );
    fc.assert(
      fc.property(fc.oneof(cloud, turned), (points) => {
        const { center, size, axes } = gravityBox(points.flat());
        const expected = rectangleByDefinition(floorHull(Float64Array.from(points.flat())));
        expect([center[0], center[1], size[0], size[1], ...axes[0].slice(0, 2)]).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test("finds a box that was turned, whatever the order of its corners", () => {
    const angle = 0.4;
    const corners = [-1, 1].flatMap((u) =>
      [-0.25, 0.25].flatMap((v) =>
        [0.5, 1.25].map(
          (z): Vec3 => [
            3 + u * Math.cos(angle) - v * Math.sin(angle),
            4 + u * Math.sin(angle) + v * Math.cos(angle),
            z,
          ],
        ),
      ),
    );
    for (const order of [corners, corners.toReversed()]) {
      const box = gravityBox(order.flat());
      for (const [index, value] of [2, 0.5, 0.75].entries()) expect(box.size[index]).toBeCloseTo(value, 12);
      for (const [index, value] of [3, 4, 0.875].entries()) expect(box.center[index]).toBeCloseTo(value, 12);
      expect(box.axes[0][0]).toBeCloseTo(Math.cos(angle), 12);
      expect(box.axes[0][1]).toBeCloseTo(Math.sin(angle), 12);
    }
  });

  test("keeps millimetres a thousand kilometres from the origin", () => {
    const far = 1e6;
    const box = gravityBox([
      far,
      far,
      0,
      far + 0.5,
      far + 0.5,
      0,
      far + 0.25,
      far + 0.75,
      1,
      far - 0.25,
      far + 0.25,
      1,
    ]);
    expect(box.size[0]).toBeCloseTo(Math.SQRT1_2, 9);
    expect(box.size[1]).toBeCloseTo(Math.SQRT1_2 / 2, 9);
  });

  test("has axes of unit length where an edge of the hull is too short to tell its direction", () => {
    expectProperBox(gravityBox([1, 0, 0, 0, -2, 0, 0, -2e-323, 0, 4e-323, 6e-323, 0]));
  });
});

describe("pcaBox", () => {
  test("is proper and tight, the longest side first, for every cloud, also flat, collinear or one point", () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const box = pcaBox(points.flat());
        expectProperBox(box);
        expectTightAround(box, points);
        expect(box.size).toEqual([...box.size].sort((a, b) => b - a));
      }),
    );
  });

  test("has axes along which the points do not vary together", () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const { axes } = pcaBox(points.flat());
        const mean = [0, 1, 2].map((k) => points.reduce((sum, point) => sum + point[k], 0) / points.length);
        const along = axes.map((axis) => points.map((p) => dot(p.map((value, k) => value - mean[k]) as Vec3, axis)));
        for (const [first, second] of [
          [0, 1],
          [1, 2],
          [2, 0],
        ]) {
          const together = along[first].reduce((sum, value, index) => sum + value * along[second][index], 0);
          expect(together / points.length).toBeCloseTo(0, 9);
        }
      }),
    );
  });

  test("lies along a tilted stick", () => {
    const box = pcaBox(Array.from({ length: 11 }, (_, step) => [step, 2 * step, 2 * step]).flat());
    expect(box.size[0]).toBeCloseTo(30, 10);
    expect(box.size[1]).toBeCloseTo(0, 10);
    for (const [k, value] of [1 / 3, 2 / 3, 2 / 3].entries()) expect(box.axes[0][k]).toBeCloseTo(value, 10);
  });
});

describe("principalAxes", () => {
  test("gives orthonormal vectors that the matrix only stretches", () => {
    fc.assert(
      fc.property(entry, entry, entry, entry, entry, entry, (xx, xy, xz, yy, yz, zz) => {
        const matrix: [Vec3, Vec3, Vec3] = [
          [xx, xy, xz],
          [xy, yy, yz],
          [xz, yz, zz],
        ];
        const axes = principalAxes(matrix);
        for (const [index, axis] of axes.entries()) {
          const image = matrix.map((row) => dot(row, axis)) as Vec3;
          const eigenvalue = dot(image, axis);
          for (let k = 0; k < 3; k += 1) expect(image[k]).toBeCloseTo(eigenvalue * axis[k], 9);
          expect(dot(axis, axis)).toBeCloseTo(1, 12);
          expect(dot(axis, axes[(index + 1) % 3])).toBeCloseTo(0, 12);
        }
      }),
    );
  });

  test("ends, and leaves the matrix given as it was, also when it holds NaN", () => {
    const matrix: [Vec3, Vec3, Vec3] = [
      [1, Number.NaN, 0],
      [Number.NaN, 1, 0],
      [0, 0, 1],
    ];
    expect(principalAxes(matrix)).toHaveLength(3);
    expect(matrix[0]).toEqual([1, Number.NaN, 0]);
  });
});

test("regression: of vertices that are none, the bounds were named, which nobody had given", () => {
  for (const positions of [[], [1, 2, Number.NaN]]) {
    expect(() => gravityBox(positions)).toThrow(/gravityBox\(\): positions: got .*, expected finite numbers/);
  }
});
