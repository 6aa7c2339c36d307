import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { thinLine } from "../../src/chart/thinLine.ts";

test("at most the limit, in order, with the extremes of the whole", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (ys, half) => {
      const points = ys.map((y, x) => ({ x, y }));
      const thinned = thinLine(points, 2 * half);
      expect(thinned.length).toBeLessThanOrEqual(2 * half);
      const isKept = new Set(thinned);
      expect(points.filter((point) => isKept.has(point))).toEqual(thinned);
      expect(Math.max(...thinned.map(({ y }) => y))).toBe(Math.max(...ys));
      expect(Math.min(...thinned.map(({ y }) => y))).toBe(Math.min(...ys));
    }),
  );
});
