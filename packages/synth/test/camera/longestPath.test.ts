import { expect, test } from "@jest/globals";
import { longestPath } from "../../src/camera/longestPath.ts";
import type { FloorPoint } from "../../src/index.ts";

/** A row of points from 0 to 6, and a branch of two at 3. */
const points: FloorPoint[] = [...Array.from({ length: 7 }, (_, x): FloorPoint => [x, 0]), [3, 1], [3, 2]];
const neighbours = [[1], [0, 2], [1, 3], [2, 4, 7], [3, 5], [4, 6], [5], [3, 8], [7]];
const floor = { points, neighbours, isFree: () => true };

test("goes from end to end step by step, wherever it is asked from, and leaves out branches", () => {
  for (const start of points.keys()) {
    const path = longestPath(floor, start);
    const alongX = path.map(([x]) => x);
    expect(alongX.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(new Set(alongX.slice(1).map((x, i) => x - alongX[i])).size).toBe(1);
  }
});

test("of a floor of one point is that point", () => {
  expect(longestPath({ points: [[2, 3]], neighbours: [[]], isFree: () => true }, 0)).toEqual([[2, 3]]);
});
