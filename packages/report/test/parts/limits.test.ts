import { expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import fc from "fast-check";
import { countLeftOut, keepLargest, samplePoints, thinLine } from "../../src/parts/limits.ts";

test("keeps all, or leaves one place for the merged ones, none of which is larger", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 12 }), (weights, limit) => {
      const { kept, merged } = keepLargest(weights, limit);
      expect([...kept, ...merged].sort((a, b) => a - b)).toEqual(weights.map((_, index) => index));
      if (weights.length <= limit) expect(merged).toEqual([]);
      else expect(kept).toHaveLength(limit - 1);
      const largestMerged = Math.max(...merged.map((index) => at(weights, index)));
      for (const index of kept) expect(weights[index]).toBeGreaterThanOrEqual(largestMerged);
    }),
  );
});

test("counts what no axis can show, each by its reason", () => {
  const leftOut = countLeftOut();
  const kept = [1, Number.NaN, -5, 1e200, 1e-200, Number.NEGATIVE_INFINITY].map((value) =>
    leftOut.keep(value, "linear"),
  );
  expect(kept).toEqual([1, null, -5, null, 0, null]);
  expect([0, -1, 2].map((value) => leftOut.keep(value, "logarithmic"))).toEqual([null, null, 2]);
  expect(leftOut.notes()).toEqual([
    "2 values are not finite",
    "1 value is beyond 1e+100",
    "2 values are zero or below, which a logarithmic axis can't show",
  ]);
});

test("says nothing when nothing was left out", () => {
  const leftOut = countLeftOut();
  leftOut.keep(1, "linear");
  expect(leftOut.notes()).toEqual([]);
});

test("exactly the limit, in order, each point once, the same each time", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 100 }), (size, limit) => {
      const points = Array.from({ length: size }, (_, index) => index);
      const sample = samplePoints(points, limit);
      expect(sample).toHaveLength(Math.min(size, limit));
      expect([...new Set(sample)].sort((a, b) => a - b)).toEqual(sample);
      expect(samplePoints(points, limit)).toEqual(sample);
    }),
  );
});

test("takes from all parts alike", () => {
  const sample = samplePoints(
    Array.from({ length: 10_000 }, (_, index) => index),
    1_000,
  );
  for (let part = 0; part < 10; part += 1) {
    const taken = sample.filter((index) => Math.floor(index / 1_000) === part).length;
    // 100 expected with a standard deviation of 9; five of them either way.
    expect(Math.abs(taken - 100)).toBeLessThan(45);
  }
});

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
