import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { projectPoint } from "../../src/visibility/projectPoint.ts";
import { worldToCamera } from "../../src/visibility/worldToCamera.ts";
import { boxRoomView, lookAlong, smallCamera } from "./boxRoom.ts";

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
