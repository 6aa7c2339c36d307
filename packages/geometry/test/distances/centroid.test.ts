import { describe, expect, test } from "@jest/globals";
import { centroid } from "../../src/distances/centroid.ts";

describe("centroid", () => {
  test("is the mean of the vertices, not the middle of their box", () => {
    expect(centroid([0, 0, 0, 0, 0, 0, 3, 6, 9])).toEqual([1, 2, 3]);
    expect(centroid([4, 5, 6])).toEqual([4, 5, 6]);
  });

  test("adds float32 vertices in float64", () => {
    const far = Float32Array.from({ length: 3 * 100_000 }, () => 1000.1);
    expect(centroid(far)[0]).toBeCloseTo(Math.fround(1000.1), 9);
  });

  test("of no vertices is not a number", () => {
    expect(centroid([])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});
