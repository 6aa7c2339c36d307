import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { sampleEvenly } from "../../src/run/sampleEvenly.ts";

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
      const gaps = places.slice(1).map((place, index) => place - places[index]!);
      expect(Math.min(...gaps)).toBeGreaterThan(0);
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    }),
  );
});

test("one of many is the middle one; of none there is none", () => {
  expect(sampleEvenly(["a", "b", "c", "d", "e"], 1)).toEqual(["c"]);
  expect(sampleEvenly([], 16)).toEqual([]);
});
