import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { projectPoint } from "../../src/visibility/projectPoint.ts";
import { createProjectedVertices, NEAR_PLANE, OUTSIDE, projectVertices } from "../../src/visibility/projectVertices.ts";
import { worldToCamera } from "../../src/visibility/worldToCamera.ts";
import { boxRoomView, smallCamera } from "./boxRoom.ts";

const coordinate = fc.double({ min: -9, max: 9, noNaN: true });

describe("projectVertices", () => {
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
