import { describe, expect, test } from "@jest/globals";
import type { OrientedBox, Vec3 } from "@vsi/dataset";
import fc from "fast-check";
import { boxGrid, linearSpacing, sampledBoxPoints } from "../../src/distances/boxGrid.ts";
import { sortedPoints } from "../support/benchmarkPoints.ts";
import { orientedBox, project } from "../support/orientedBoxes.ts";

const TURNED: OrientedBox = {
  center: [10, 20, 30],
  size: [4, 2, 1],
  axes: [
    [0, 1, 0],
    [-1, 0, 0],
    [0, 0, 1],
  ],
};

const UPRIGHT: OrientedBox["axes"] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

describe("sampledBoxPoints", () => {
  test("of a cube at the origin: the grid without its core, and no face lost", () => {
    const cube: OrientedBox = { center: [0, 0, 0], size: [4, 4, 4], axes: UPRIGHT };
    // -2, -1, 0, 1, 2 along each axis: the core -1..1 (exactly a quarter of the length) goes.
    const points = sortedPoints(sampledBoxPoints(cube, [5, 5, 5]));
    expect(points).toHaveLength(125 - 27);
    expect(points.filter((point) => point.some((value) => Math.abs(value) === 2))).toHaveLength(98);
  });

  test("of a stick: a point goes only when all three coordinates are in the core", () => {
    const stick: OrientedBox = { center: [0, 0, 0], size: [8, 1, 1], axes: UPRIGHT };
    expect(sortedPoints(sampledBoxPoints(stick, [5, 1, 1]))).toEqual([-4, -2, 0, 2, 4].map((x) => [x, -0.5, -0.5]));
  });

  test("of a turned box: the last test drops face points by rounding, and face points only", () => {
    const axes: OrientedBox["axes"] = [
      [Math.cos(1), Math.sin(1), 0],
      [-Math.sin(1), Math.cos(1), 0],
      [0, 0, 1],
    ];
    const counts: Vec3 = [12, 18, 11];
    const size: Vec3 = [0.6, 0.9, 0.55];
    const atOrigin = sampledBoxPoints({ center: [0, 0, 0], size, axes: UPRIGHT }, counts).length / 3;
    const turned = sampledBoxPoints({ center: [1.3, -2.7, 0.4], size, axes }, counts);
    // All but the core of 6 x 8 x 5 points; inside, not on a face, 10 x 16 x 9 are left of it.
    expect(atOrigin).toBe(12 * 18 * 11 - 6 * 8 * 5);
    const inside = 10 * 16 * 9 - 6 * 8 * 5;
    expect(turned.length / 3).toBeLessThan(atOrigin - 100);
    expect(turned.length / 3).toBeGreaterThan(inside + 100);
    const isOnFace = ([x, y, z]: Vec3) => {
      const offset: Vec3 = [x - 1.3, y + 2.7, z - 0.4];
      return axes.some((axis, i) => {
        const along = offset[0] * axis[0] + offset[1] * axis[1] + offset[2] * axis[2];
        return Math.abs(Math.abs(along) - size[i] / 2) < 1e-9;
      });
    };
    expect(sortedPoints(turned).filter((point) => !isOnFace(point))).toHaveLength(inside);
  });
});

describe("boxGrid", () => {
  test("turns and moves the points of a box by hand", () => {
    const { local, world } = boxGrid(TURNED, [2, 1, 2]);
    expect([...local]).toEqual([-2, -1, -0.5, -2, -1, 0.5, 2, -1, -0.5, 2, -1, 0.5]);
    expect([...world]).toEqual([11, 18, 29.5, 11, 18, 30.5, 11, 22, 29.5, 11, 22, 30.5]);
  });

  test("is empty when an axis has no points", () => {
    expect(boxGrid(TURNED, [2, 0, 2])).toEqual({ local: new Float64Array(), world: new Float64Array() });
  });

  test("lies in the box, and the corners of the box are in the grid", () => {
    fc.assert(
      fc.property(orientedBox, (box) => {
        const { world } = boxGrid(box, [3, 2, 4]);
        expect(world).toHaveLength(3 * 24);
        for (let offset = 0; offset < world.length; offset += 3) {
          const point: [number, number, number] = [world[offset], world[offset + 1], world[offset + 2]];
          const nearest = project(point, box);
          expect(Math.hypot(...point.map((value, k) => value - nearest[k]))).toBeLessThan(1e-9);
        }
        for (let k = 0; k < 3; k += 1) {
          const along = box.axes.reduce((sum, axis, i) => sum + (axis[k] * box.size[i]) / 2, 0);
          expect(world[k]).toBeCloseTo(box.center[k] - along, 9);
          expect(world[world.length - 3 + k]).toBeCloseTo(box.center[k] + along, 9);
        }
      }),
    );
  });
});

describe("linearSpacing", () => {
  // The expected numbers are what numpy 2.4.6 prints for the same call.
  test("gives numpy.linspace's numbers to the last bit", () => {
    expect([...linearSpacing(-0.35, 0.35, 4)]).toEqual([-0.35, -0.11666666666666667, 0.11666666666666664, 0.35]);
    expect([...linearSpacing(0.5, 0.95, 10)]).toEqual([
      0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95,
    ]);
  });

  test("of no, one and two numbers", () => {
    expect([...linearSpacing(-1, 1, 0)]).toEqual([]);
    expect([...linearSpacing(-1, 1, 1)]).toEqual([-1]);
    expect([...linearSpacing(-1, 1, 2)]).toEqual([-1, 1]);
  });

  test("ends exactly at both ends and never goes back", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 100, noNaN: true }),
        fc.integer({ min: 2, max: 300 }),
        (length, count) => {
          const numbers = linearSpacing(-length / 2, length / 2, count);
          expect([numbers[0], numbers[count - 1]]).toEqual([-length / 2, length / 2]);
          expect(numbers.every((value, index) => index === 0 || value > numbers[index - 1])).toBe(true);
        },
      ),
    );
  });
});
