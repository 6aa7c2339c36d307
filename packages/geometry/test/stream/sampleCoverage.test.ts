import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type CoverageCandidate, sampleCoverage } from "../../src/stream/sampleCoverage.ts";

const showing = (index: number, ...objectIds: number[]): CoverageCandidate => ({
  index,
  visible: objectIds.map((object_id) => ({ object_id, pixels: 100 })),
});

const candidates = fc
  .array(fc.uniqueArray(fc.nat({ max: 12 }), { maxLength: 6 }), { maxLength: 9 })
  .map((frames) => frames.map((objectIds, position) => showing(position * 7, ...objectIds)));

function shownBy(all: readonly CoverageCandidate[], indices: readonly number[]): number {
  const taken = all.filter(({ index }) => indices.includes(index));
  return new Set(taken.flatMap(({ visible }) => visible.map(({ object_id }) => object_id))).size;
}

function subsets(indices: readonly number[], count: number): number[][] {
  if (count === 0) return [[]];
  return indices.flatMap((index, place) =>
    subsets(indices.slice(place + 1), count - 1).map((rest) => [index, ...rest]),
  );
}

describe("sampleCoverage", () => {
  test("shows at least 1 - 1/e of what the best choice shows, the bound of greedy cover; one frame is the best one", () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 1, max: 4 }), (all, count) => {
        const sampled = sampleCoverage(all, count, 1);
        expect(sampled).toHaveLength(Math.min(count, all.length));
        expect(sampled).toEqual([...new Set(sampled)].sort((a, b) => a - b));
        const indices = all.map(({ index }) => index);
        const best = Math.max(0, ...subsets(indices, sampled.length).map((choice) => shownBy(all, choice)));
        expect(shownBy(all, sampled)).toBeGreaterThanOrEqual((count === 1 ? 1 : 1 - 1 / Math.E) * best);
      }),
    );
  });

  test("ties go to the earliest frame", () => {
    expect(sampleCoverage([showing(4, 1, 2), showing(5, 2, 3), showing(6, 1, 3)], 1, 1)).toEqual([4]);
  });

  test("an object of fewer pixels than the minimum is not shown", () => {
    const faint = { index: 0, visible: [1, 2, 3].map((object_id) => ({ object_id, pixels: 49 })) };
    expect(sampleCoverage([faint, showing(1, 4)], 1, 50)).toEqual([1]);
    expect(sampleCoverage([faint, showing(1, 4)], 1, 49)).toEqual([0]);
  });

  test("places left over are spread evenly, also when nothing is shown at all", () => {
    const blind = Array.from({ length: 9 }, (_, index) => showing(index));
    expect(sampleCoverage(blind, 5, 1)).toEqual([0, 2, 4, 6, 8]);
    expect(sampleCoverage([...blind.slice(0, 8), showing(8, 1)], 3, 1)).toEqual([0, 4, 8]);
  });

  test("no frames, and none asked for", () => {
    expect(sampleCoverage([], 3, 1)).toEqual([]);
    expect(sampleCoverage([showing(0, 1)], 0, 1)).toEqual([]);
    expect(sampleCoverage([showing(0, 1), showing(1)], 5, 1)).toEqual([0, 1]);
  });
});
