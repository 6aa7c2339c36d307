import { describe, expect, test } from "@jest/globals";
import { sampledBoxPoints } from "../../src/distances/sampledBoxPoints.ts";
import type { OrientedBox, Vec3 } from "../../src/sceneFacts.ts";
import { sortedPoints } from "./benchmarkPoints.ts";

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
