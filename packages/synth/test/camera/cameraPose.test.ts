import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { cameraPose } from "../../src/index.ts";

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
      for (let axis = 0; axis < 3; axis++) expect(cross[axis]).toBeCloseTo(forward[axis], 12);
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
