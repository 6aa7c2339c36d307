import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { cameraPose, sensorIntrinsics } from "../../src/camera/pose.ts";
import { thrown } from "../support/thrown.ts";

const number = fc.double({ min: -7, max: 7, noNaN: true });

test("axes are a right-handed rotation, x is level, and the eye is the last column", () => {
  fc.assert(
    fc.property(fc.tuple(number, number, number), number, number, (eye, heading, tilt) => {
      const pose = cameraPose(eye, heading, tilt);
      const [right, down, forward, position] = [0, 1, 2, 3].map((column) => [0, 4, 8].map((row) => pose[row + column]));
      const cross = [0, 1, 2].map((axis) => {
        const [next, after] = [(axis + 1) % 3, (axis + 2) % 3];
        return right[next] * down[after] - right[after] * down[next];
      });
      for (let axis = 0; axis < 3; axis += 1) expect(cross[axis]).toBeCloseTo(forward[axis], 12);
      expect(Math.hypot(...right)).toBeCloseTo(1, 12);
      expect(right.reduce((sum, value, axis) => sum + value * down[axis], 0)).toBeCloseTo(0, 12);
      expect(right[2]).toBe(0);
      expect(position).toEqual(eye);
      expect(pose.slice(12)).toEqual([0, 0, 0, 1]);
    }),
  );
});

test("heading counts counter-clockwise from +x, tilt downwards", () => {
  const forward = (heading: number, tilt: number) => [2, 6, 10].map((at) => cameraPose([0, 0, 0], heading, tilt)[at]);
  expect(forward(0, 0).map(Math.round)).toEqual([1, 0, -0]);
  expect(forward(Math.PI / 2, 0).map(Math.round)).toEqual([0, 1, -0]);
  expect(forward(0, Math.PI / 6)[2]).toBeCloseTo(-0.5, 12);
});

test("at 640x480 ScanNet's depth camera; a quarter of the size sees the same angle", () => {
  const full = sensorIntrinsics(640, 480);
  expect(full).toEqual({ width: 640, height: 480, fx: 577.870605, fy: 577.870605, cx: 319.5, cy: 239.5 });
  const quarter = sensorIntrinsics(160, 120);
  expect(quarter.width / quarter.fx).toBeCloseTo(full.width / full.fx, 6);
  expect([quarter.cx, quarter.cy]).toEqual([79.5, 59.5]);
});

test.each([
  [0, 120],
  [160, -1],
  [160.5, 120],
  [Number.NaN, 120],
  [5000, 120],
])("%d x %d pixels are refused", (width, height) => {
  expect(thrown(() => sensorIntrinsics(width, height))).toMatchObject({ code: "frame-size" });
});
