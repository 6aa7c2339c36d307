import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { alignPositions } from "../../src/alignment/alignPositions.ts";

const coordinate = fc.float({ min: -50, max: 50, noNaN: true });
const yawAndShift = fc.tuple(
  fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
  fc.double({ min: -10, max: 10, noNaN: true }),
);

function rowMajorYaw(angle: number, shift: number): Float64Array {
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  return Float64Array.of(cosine, sine, 0, shift, -sine, cosine, 0, 2 * shift, 0, 0, 1, -shift, 0, 0, 0, 1);
}

describe("alignPositions", () => {
  test("multiplies each vertex by the row-major matrix, as worked out by hand", () => {
    const quarterTurn = [0, -1, 0, 10, 1, 0, 0, 20, 0, 0, 1, 30, 0, 0, 0, 1];
    expect([...alignPositions([1, 2, 3, 0, 0, 0], quarterTurn)]).toEqual([8, 21, 33, 10, 20, 30]);
  });

  test("agrees with the product written as sums over rows, in float64", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate, coordinate)), yawAndShift, (points, [angle, shift]) => {
        const m = rowMajorYaw(angle, shift);
        const aligned = alignPositions(Float32Array.from(points.flat()), m);
        const expected = points.flatMap((point) =>
          [0, 4, 8].map((row) => point.reduce((sum, value, k) => sum + m[row + k] * value, m[row + 3])),
        );
        expect(aligned).toHaveLength(expected.length);
        for (const [index, value] of expected.entries()) expect(aligned[index]).toBeCloseTo(value, 11);
      }),
    );
  });

  test("leaves the input as it was, and copies it unchanged without an alignment", () => {
    const positions = Float32Array.of(1.5, -2.25, 3);
    const aligned = alignPositions(positions, null);
    expect([...aligned]).toEqual([1.5, -2.25, 3]);
    alignPositions(positions, rowMajorYaw(1, 1));
    expect([...positions]).toEqual([1.5, -2.25, 3]);
    aligned[0] = 9;
    expect(positions[0]).toBe(1.5);
  });

  test("gives no vertex for no vertex", () => {
    expect(alignPositions([], rowMajorYaw(1, 1))).toHaveLength(0);
  });
});
