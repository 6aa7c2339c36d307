import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { samplePoints } from "../../src/chart/samplePoints.ts";

test("exactly the limit, in order, each point once, the same each time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 100 }), async (size, limit) => {
      const points = Array.from({ length: size }, (_, index) => index);
      const sample = await samplePoints(points, limit);
      expect(sample).toHaveLength(Math.min(size, limit));
      expect([...new Set(sample)].sort((a, b) => a - b)).toEqual(sample);
      expect(await samplePoints(points, limit)).toEqual(sample);
    }),
  );
});

test("takes from all parts alike", async () => {
  const sample = await samplePoints(
    Array.from({ length: 10_000 }, (_, index) => index),
    1_000,
  );
  for (let part = 0; part < 10; part++) {
    const taken = sample.filter((index) => Math.floor(index / 1_000) === part).length;
    // 100 expected with a standard deviation of 9; five of them either way.
    expect(Math.abs(taken - 100)).toBeLessThan(45);
  }
});
