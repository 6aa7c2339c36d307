import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createRandom } from "../../src/random/createRandom.ts";
import { drawAlignment } from "../../src/scannet/alignment.ts";

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
