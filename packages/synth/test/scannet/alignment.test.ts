import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { cameraPose } from "../../src/camera/pose.ts";
import { createRandom } from "../../src/random.ts";
import { drawAlignment, toScannerFrame, toScannerPose } from "../../src/scannet/alignment.ts";

test("is a turn about +Z and a shift whose six printed decimals say all", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const matrix = drawAlignment(createRandom(seed, 1));
      expect(matrix.map((value) => Number(value.toFixed(6)))).toEqual(matrix);
      const [a, b, , , c, d] = matrix;
      expect(Math.abs(a * d - b * c - 1)).toBeLessThan(3e-6);
      expect([a + 0, b + 0]).toEqual([d + 0, -c + 0]);
      expect([matrix[2], matrix[6], ...matrix.slice(8, 11), ...matrix.slice(12)]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 1]);
    }),
  );
});

test("the printed alignment brings every point back within float32's precision", () => {
  const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(fc.integer(), coordinate, coordinate, coordinate, (seed, x, y, z) => {
      const alignment = drawAlignment(createRandom(seed, 1));
      const printed = alignment.map((value) => Number(value.toFixed(6)));
      const raw = toScannerFrame(Float64Array.of(x, y, z), alignment);
      const back = [0, 1, 2].map((row) =>
        [...raw, 1].reduce((sum, value, column) => sum + printed[4 * row + column] * value, 0),
      );
      // Raw coordinates are below 16 m, where float32 steps are 1e-6.
      expect(Math.max(...back.map((value, axis) => Math.abs(value - [x, y, z][axis])))).toBeLessThan(2e-6);
    }),
  );
});

test("no points give no points", () => {
  expect(toScannerFrame(new Float64Array(0), drawAlignment(createRandom(1, 1))).length).toBe(0);
});

test("the printed alignment times the stored pose is the axis-aligned pose, to float32", () => {
  const number = fc.double({ min: -4, max: 4, noNaN: true });
  fc.assert(
    fc.property(fc.integer(), fc.tuple(number, number, number), number, number, (seed, eye, heading, tilt) => {
      const pose = cameraPose(eye, heading, tilt);
      const alignment = drawAlignment(createRandom(seed, 1));
      const raw = toScannerPose(pose, alignment);
      for (let row = 0; row < 4; row += 1) {
        for (let column = 0; column < 4; column += 1) {
          const sum = [0, 1, 2, 3].reduce((total, i) => total + alignment[4 * row + i] * raw[4 * i + column], 0);
          expect(Math.abs(sum - pose[4 * row + column])).toBeLessThan(2e-6);
        }
      }
      expect([...raw.subarray(12)]).toEqual([0, 0, 0, 1]);
    }),
  );
});
