import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type CoverageCandidate, frameTimes, sampleCoverage, sampleEvery } from "../../src/camera/sampling.ts";

const framesAt = (times: readonly (number | null)[]) => times.map((timeColor, index) => ({ index, timeColor }));
const byNumber = (count: number) => Array.from({ length: count }, (_, index) => index / 30);

describe("frameTimes", () => {
  test("microseconds of a steady clock become seconds since the first frame, wherever the clock started", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e15 }),
        fc.array(fc.integer({ min: 5_000, max: 200_000 }), { minLength: 1, maxLength: 50 }),
        (start, gaps) => {
          const times = [start];
          for (const gap of gaps) times.push(times[times.length - 1] + gap);
          const expected = times.map((time) => (time - start) / 1e6);
          expect([...frameTimes(framesAt(times))]).toEqual(expected);
        },
      ),
    );
  });

  test("a dropped second of frames keeps its length", () => {
    const times = [...Array(60).keys()].map((index) => index * 33_333 + (index >= 30 ? 1_000_000 : 0));
    expect(frameTimes(framesAt(times))[30]).toBeCloseTo(1.99999, 5);
  });

  test.each([
    ["all 0", [0, 0, 0, 0]],
    ["one 0 among good ones", [33_333, 66_666, 0, 133_333]],
    ["a repeated time", [33_333, 66_666, 66_666, 133_333]],
    ["a clock that goes back", [133_333, 100_000, 66_666, 33_333]],
    ["random", [9e18, 17, 3e12, 4e9]],
    ["random yet increasing", [17, 4e9, 3e12, 9e18]],
    ["a start of 0 before the clock's real time", [0, 1.6e15, 1.6e15 + 33_333, 1.6e15 + 66_666]],
    ["milliseconds", [0, 33, 66, 100]],
    ["nanoseconds", [0, 33_333_333, 66_666_666, 100_000_000]],
    ["no time at all", [null, null, null, null]],
    ["one missing", [0, 33_333, null, 100_000]],
    ["not a number", [0, 33_333, Number.NaN, 100_000]],
  ])("%s: 30 frames a second", (_, times) => {
    expect([...frameTimes(framesAt(times))]).toEqual(byNumber(4));
  });

  test("without times the frames' numbers count, from the first there is", () => {
    const frames = [20, 50, 110].map((index) => ({ index, timeColor: null }));
    expect([...frameTimes(frames)]).toEqual([0, 1, 3]);
  });

  test("no frame and one frame", () => {
    expect([...frameTimes([])]).toEqual([]);
    expect([...frameTimes(framesAt([9e18]))]).toEqual([0]);
    expect([...frameTimes(framesAt([null]))]).toEqual([0]);
  });
});

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

test("counts the frames that may be taken, not their numbers", () => {
  expect(sampleEvery([4, 5, 9, 10, 11], 2)).toEqual([4, 9, 11]);
  expect(sampleEvery([4, 5, 9], 1)).toEqual([4, 5, 9]);
  expect(sampleEvery([4, 5, 9], 100)).toEqual([4]);
  expect(sampleEvery([], 3)).toEqual([]);
});
