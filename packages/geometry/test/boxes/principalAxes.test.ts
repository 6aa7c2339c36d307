import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { principalAxes } from "../../src/boxes/principalAxes.ts";
import type { Vec3 } from "../../src/sceneFacts.ts";
import { dot } from "./boxProperties.ts";

const entry = fc.oneof(fc.constantFrom(0, 1, -1), fc.double({ min: -10, max: 10, noNaN: true }));

describe("principalAxes", () => {
  test("gives orthonormal vectors that the matrix only stretches", () => {
    fc.assert(
      fc.property(entry, entry, entry, entry, entry, entry, (xx, xy, xz, yy, yz, zz) => {
        const matrix: [Vec3, Vec3, Vec3] = [
          [xx, xy, xz],
          [xy, yy, yz],
          [xz, yz, zz],
        ];
        const axes = principalAxes(matrix);
        for (const [index, axis] of axes.entries()) {
          const image = matrix.map((row) => dot(row, axis)) as Vec3;
          const eigenvalue = dot(image, axis);
          for (let k = 0; k < 3; k++) expect(image[k]).toBeCloseTo(eigenvalue * axis[k], 9);
          expect(dot(axis, axis)).toBeCloseTo(1, 12);
          expect(dot(axis, axes[(index + 1) % 3])).toBeCloseTo(0, 12);
        }
      }),
    );
  });

  test("ends, and leaves the matrix given as it was, also when it holds NaN", () => {
    const matrix: [Vec3, Vec3, Vec3] = [
      [1, Number.NaN, 0],
      [Number.NaN, 1, 0],
      [0, 0, 1],
    ];
    expect(principalAxes(matrix)).toHaveLength(3);
    expect(matrix[0]).toEqual([1, Number.NaN, 0]);
  });
});
