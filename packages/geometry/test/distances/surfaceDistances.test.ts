import { describe, expect, test } from "@jest/globals";
import { surfaceDistances } from "../../src/distances/surfaceDistances.ts";

describe("surfaceDistances", () => {
  test("lists every pair once, the smaller id first", () => {
    const clouds = [
      { id: 2, positions: [0, 0, 0, 1, 0, 0] },
      { id: 5, positions: [3, 0, 0] },
      { id: 9, positions: [1, 0, 4, 9, 9, 9] },
    ];
    expect(surfaceDistances(clouds)).toEqual([
      { a: 2, b: 5, distance_m: 2 },
      { a: 2, b: 9, distance_m: 4 },
      { a: 5, b: 9, distance_m: Math.sqrt(20) },
    ]);
  });

  test("is empty for fewer than two objects", () => {
    expect(surfaceDistances([])).toEqual([]);
    expect(surfaceDistances([{ id: 1, positions: [0, 0, 0] }])).toEqual([]);
  });
});
