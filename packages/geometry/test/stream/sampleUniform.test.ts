import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { sampleUniform } from "../../src/stream/sampleUniform.ts";

const increasing = fc.uniqueArray(fc.nat(), { maxLength: 200 }).map((indices) => indices.sort((a, b) => a - b));

describe("sampleUniform", () => {
  test("as many as asked, none twice, in order, first and last included, gaps that differ by one at most", () => {
    fc.assert(
      fc.property(increasing, fc.integer({ min: 2, max: 40 }), (indices, count) => {
        const sampled = sampleUniform(indices, count);
        expect(sampled).toHaveLength(Math.min(count, indices.length));
        expect(sampled.every((index) => indices.includes(index))).toBe(true);
        fc.pre(indices.length > 0);
        expect([sampled[0], sampled.at(-1)]).toEqual([indices[0], indices.at(-1)]);
        fc.pre(sampled.length > 1);
        const positions = sampled.map((index) => indices.indexOf(index));
        const gaps = positions.slice(1).map((position, place) => position - positions[place]);
        expect(Math.min(...gaps)).toBeGreaterThan(0);
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("written out by hand", () => {
    expect(sampleUniform([10, 11, 12, 13, 14, 15, 16], 3)).toEqual([10, 13, 16]);
    expect(sampleUniform([3, 5, 9], 1)).toEqual([5]);
    expect(sampleUniform([3, 5, 9], 0)).toEqual([]);
    expect(sampleUniform([3, 5], 32)).toEqual([3, 5]);
    expect(sampleUniform([], 32)).toEqual([]);
  });
});
