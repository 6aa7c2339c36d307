import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MOST_WINDOWS, windowMeans } from "../../src/report/curves.ts";

const POINTS = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 700 })
  .map((values) => values.map((y, at) => ({ x: at + 1, y })));

describe("windowMeans", () => {
  test("has few points, in order, whose bands hold every value, and whose weighted mean is the curve's", () => {
    fc.assert(
      fc.property(POINTS, (points) => {
        const means = windowMeans(points);
        expect(means.length).toBeLessThanOrEqual(MOST_WINDOWS);
        if (points.length <= MOST_WINDOWS) {
          expect(means).toEqual(points);
          return;
        }
        const size = Math.ceil(points.length / MOST_WINDOWS);
        let sum = 0;
        for (const [at, mean] of means.entries()) {
          const window = points.slice(at * size, (at + 1) * size);
          for (const { y } of window) {
            expect(y).toBeGreaterThanOrEqual(mean.low!);
            expect(y).toBeLessThanOrEqual(mean.high!);
          }
          expect(mean.x).toBeCloseTo((window[0]!.x + window.at(-1)!.x) / 2, 9);
          sum += mean.y * window.length;
        }
        expect(sum).toBeCloseTo(
          points.reduce((total, { y }) => total + y, 0),
          5,
        );
      }),
    );
  });

  test("values that are not finite spoil no mean; a window of nothing else keeps one for the chart to count", () => {
    const points = [1, Number.NaN, 3, Number.NaN, Number.NaN, Number.POSITIVE_INFINITY].map((y, x) => ({ x, y }));
    const [first, second] = windowMeans(points, 2);
    expect(first).toEqual({ x: 1, y: 2, low: 1, high: 3 });
    expect(second!.y).toBeNaN();
  });
});
