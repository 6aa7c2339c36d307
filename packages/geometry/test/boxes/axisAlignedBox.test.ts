import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { axisAlignedBox } from "../../src/boxes/axisAlignedBox.ts";

describe("axisAlignedBox", () => {
  test("is the minimum and maximum of each coordinate", () => {
    const coordinate = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1 }), (points) => {
        const { min, max } = axisAlignedBox(points.flat());
        for (let axis = 0; axis < 3; axis++) {
          const sorted = points.map((point) => point[axis]).sort((a, b) => a - b);
          expect(min[axis] === sorted[0] && max[axis] === sorted.at(-1)).toBe(true);
        }
      }),
    );
  });

  test("is a point for one vertex and infinite for none", () => {
    expect(axisAlignedBox([1, 2, 3])).toEqual({ min: [1, 2, 3], max: [1, 2, 3] });
    expect(axisAlignedBox([]).min).toEqual([Infinity, Infinity, Infinity]);
  });
});
