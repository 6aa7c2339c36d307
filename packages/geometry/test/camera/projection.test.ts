import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  createProjectedVertices,
  NEAR_PLANE,
  OUTSIDE,
  projectPoint,
  projectVertices,
} from "../../src/camera/projection.ts";
import { worldToCamera } from "../../src/camera/visibility.ts";
import { boxRoomView, lookAlong, smallCamera } from "../support/boxRoom.ts";

const { fx, fy, cx, cy } = smallCamera;

describe("projectPoint", () => {
  test("finds the pixel whose ray the point was put on, at its depth", () => {
    const pixel = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        boxRoomView,
        pixel,
        pixel,
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        ({ pose }, u, v, depth) => {
          const [x, y] = [((u - cx) / fx) * depth, ((v - cy) / fy) * depth];
          const at = (row: number) => pose[row] * x + pose[row + 1] * y + pose[row + 2] * depth + pose[row + 3];
          const found = projectPoint(smallCamera, worldToCamera(pose), [at(0), at(4), at(8)]);
          expect(found?.u).toBeCloseTo(u, 7);
          expect(found?.v).toBeCloseTo(v, 7);
          expect(found?.depth).toBeCloseTo(depth, 10);
        },
      ),
    );
  });

  test("straight ahead is the principal point; left and up are smaller; behind and beside is nowhere", () => {
    const toCamera = worldToCamera(lookAlong([0, 0, 1], 0, 0));
    expect(projectPoint(smallCamera, toCamera, [2, 0, 1])).toEqual({ u: cx, v: cy, depth: 2 });
    expect(projectPoint(smallCamera, toCamera, [2, 1, 2])).toEqual({ u: cx - fx / 2, v: cy - fy / 2, depth: 2 });
    expect(projectPoint(smallCamera, toCamera, [-2, 0, 1])).toBeNull();
    expect(projectPoint(smallCamera, toCamera, [0, 1, 1])).toBeNull();
    expect(projectPoint(smallCamera, toCamera, [Number.NaN, 0, 0])).toBeNull();
  });
});

describe("projectVertices", () => {
  const coordinate = fc.double({ min: -9, max: 9, noNaN: true });

  test("puts every vertex where projectPoint does, and knows the sides that it is outside of", () => {
    const vertices = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(boxRoomView, vertices, ({ pose }, points) => {
        const target = createProjectedVertices(points.length);
        const toCamera = worldToCamera(pose);
        projectVertices(Float64Array.from(points.flat()), toCamera, smallCamera, target);
        for (const [vertex, point] of points.entries()) {
          const projected = projectPoint(smallCamera, toCamera, point);
          const isNear = projected === null || projected.depth < NEAR_PLANE;
          expect((target.outside[vertex] & OUTSIDE.near) !== 0).toBe(isNear);
          if (isNear) continue;
          const [u, v, inverse] = target.image.subarray(3 * vertex, 3 * vertex + 3);
          // Relative: a point beside the camera is millions of pixels away.
          expect(Math.abs(u - projected.u)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(u)));
          expect(Math.abs(v - projected.v)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(v)));
          expect(inverse).toBe(1 / projected.depth);
          expect((target.outside[vertex] & OUTSIDE.left) !== 0).toBe(projected.u < 0);
          expect((target.outside[vertex] & OUTSIDE.right) !== 0).toBe(projected.u > smallCamera.width - 1);
          expect((target.outside[vertex] & OUTSIDE.above) !== 0).toBe(projected.v < 0);
          expect((target.outside[vertex] & OUTSIDE.below) !== 0).toBe(projected.v > smallCamera.height - 1);
        }
      }),
    );
  });
});
