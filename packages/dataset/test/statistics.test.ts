import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { at } from "../src/at.ts";
import { median, quantile, sampleEvenly } from "../src/statistics.ts";

describe("median", () => {
  test("has as many values below as above, and lies between the two in the middle", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values);
        const half = values.length / 2;
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(half);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(half);
      }),
    );
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow(/no values/);
  });
});

describe("quantile", () => {
  test("of 0, 1, ... 100 is the percentage itself, as numpy.quantile says", () => {
    const hundred = Float64Array.from({ length: 101 }, (_, index) => index);
    for (const share of [0, 0.025, 0.5, 0.975, 1]) expect(quantile(hundred, share)).toBeCloseTo(share * 100, 10);
  });

  test("of one value is that value; of two it lies on the line between them", () => {
    expect(quantile(Float64Array.of(7), 0.3)).toBe(7);
    expect(quantile(Float64Array.of(2, 4), 0.25)).toBe(2.5);
  });

  test("never leaves the values and never falls as the share grows", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (list, one, other) => {
        const sorted = Float64Array.from(list).sort();
        const [low, high] = [quantile(sorted, Math.min(one, other)), quantile(sorted, Math.max(one, other))];
        expect(low).toBeGreaterThanOrEqual(at(sorted, 0) - 1e-6);
        expect(high).toBeLessThanOrEqual(sorted.at(-1)! + 1e-6);
        expect(high).toBeGreaterThanOrEqual(low - 1e-6);
      }),
    );
  });
});

const increasing = fc.uniqueArray(fc.nat(), { maxLength: 200 }).map((indices) => indices.sort((a, b) => a - b));
const frameLists = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 200 });

describe("sampleEvenly", () => {
  test("as many as asked, none twice, in order, first and last included, gaps that differ by one at most", () => {
    fc.assert(
      fc.property(increasing, fc.integer({ min: 2, max: 40 }), (indices, count) => {
        const sampled = sampleEvenly(indices, count);
        expect(sampled).toHaveLength(Math.min(count, indices.length));
        expect(sampled.every((index) => indices.includes(index))).toBe(true);
        fc.pre(indices.length > 0);
        expect([sampled[0], sampled.at(-1)]).toEqual([indices[0], indices.at(-1)]);
        fc.pre(sampled.length > 1);
        const positions = sampled.map((index) => indices.indexOf(index));
        const gaps = positions.slice(1).map((position, place) => position - at(positions, place));
        expect(Math.min(...gaps)).toBeGreaterThan(0);
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("written out by hand", () => {
    expect(sampleEvenly([10, 11, 12, 13, 14, 15, 16], 3)).toEqual([10, 13, 16]);
    expect(sampleEvenly([3, 5, 9], 1)).toEqual([5]);
    expect(sampleEvenly([3, 5, 9], 0)).toEqual([]);
    expect(sampleEvenly([3, 5], 32)).toEqual([3, 5]);
    expect(sampleEvenly([], 32)).toEqual([]);
  });

  test("so many, in order, without doubles, from the first to the last, no gap over twice another", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 2, max: 64 }), (length, count) => {
        const places = sampleEvenly(
          Array.from({ length }, (_, place) => place),
          count,
        );
        expect(places).toHaveLength(Math.min(length, count));
        expect(places[0]).toBe(0);
        expect(places.at(-1)).toBe(length - 1);
        const gaps = places.slice(1).map((place, index) => place - at(places, index));
        expect(Math.min(...gaps)).toBeGreaterThan(0);
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("one of many is the middle one; of none there is none", () => {
    expect(sampleEvenly(["a", "b", "c", "d", "e"], 1)).toEqual(["c"]);
    expect(sampleEvenly([], 16)).toEqual([]);
  });

  test("as many as asked for, in order, none twice, the ends among them", () => {
    fc.assert(
      fc.property(frameLists, fc.integer({ min: 1, max: 250 }), (frames, count) => {
        const chosen = sampleEvenly(frames, count);
        expect(chosen).toHaveLength(Math.min(count, frames.length));
        const places = chosen.map((frame) => frames.indexOf(frame));
        expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
        if (count > 1) expect([places[0], places.at(-1)]).toEqual([0, frames.length - 1]);
      }),
    );
  });

  test("evenly: no gap is more than one frame longer than another", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 2, max: 300 }), (length, count) => {
        const chosen = sampleEvenly(
          Array.from({ length }, (_, index) => String(index)),
          count,
        ).map(Number);
        const gaps = chosen.slice(1).map((place, index) => place - chosen[index]!);
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("one frame is the middle one", () => {
    expect(sampleEvenly(["a", "b", "c"], 1)).toEqual(["b"]);
  });
});
