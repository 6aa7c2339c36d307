import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { selectByCoordinate } from "../../src/distances/selectByCoordinate.ts";

const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ noNaN: true, noDefaultInfinity: true }));

describe("selectByCoordinate", () => {
  test("puts smaller coordinates before and larger ones after the middle, moving whole points and their indices", () => {
    const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(cloud, fc.nat(), fc.integer({ min: 0, max: 2 }), (original, pick, axis) => {
        const middle = pick % original.length;
        const points = Float64Array.from(original.flat());
        const indices = Uint32Array.from(original.keys());
        selectByCoordinate(points, indices, 0, original.length - 1, middle, axis);
        expect([...indices].sort((a, b) => a - b)).toEqual([...original.keys()]);
        for (const [place, index] of indices.entries()) {
          expect([...points.subarray(3 * place, 3 * place + 3)]).toEqual(original[index]);
          const difference = points[3 * place + axis] - points[3 * middle + axis];
          expect(place < middle ? difference <= 0 : difference >= 0).toBe(true);
        }
      }),
    );
  });

  test("touches nothing outside first and last, and ends on NaN", () => {
    const points = Float64Array.of(9, 0, 0, 3, 0, 0, Number.NaN, 0, 0, 1, 0, 0, -9, 0, 0);
    const indices = Uint32Array.of(0, 1, 2, 3, 4);
    selectByCoordinate(points, indices, 1, 3, 2, 0);
    expect([points[0], points[12], indices[0], indices[4]]).toEqual([9, -9, 0, 4]);
  });
});
