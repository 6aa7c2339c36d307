import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createRandom } from "../../src/random/createRandom.ts";
import { drawAlignment } from "../../src/scannet/alignment.ts";
import { toScannerFrame } from "../../src/scannet/toScannerFrame.ts";

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
