import { expect, test } from "@jest/globals";
import {
  freeFloor,
  largestArea,
  longestPath,
  pointsAlong,
  smoothPath,
  stepsFrom,
} from "../../src/camera/floorPaths.ts";
import type { FloorPoint } from "../../src/floorPlan.ts";

const outline: FloorPoint[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** A row of points from 0 to 6, and a branch of two at 3. */
const points: FloorPoint[] = [...Array.from({ length: 7 }, (_, x): FloorPoint => [x, 0]), [3, 1], [3, 2]];

const neighbours = [[1], [0, 2], [1, 3], [2, 4, 7], [3, 5], [4, 6], [5], [3, 8], [7]];

const floor = { points, neighbours, isFree: () => true };

const corner: FloorPoint[] = [
  ...Array.from({ length: 11 }, (_, i): FloorPoint => [i / 10, 0]),
  ...Array.from({ length: 10 }, (_, i): FloorPoint => [1, (i + 1) / 10]),
];

function sharpestTurn(path: readonly FloorPoint[]): number {
  const headings = path.slice(1).map(([x, y], i) => Math.atan2(y - path[i][1], x - path[i][0]));
  return Math.max(...headings.slice(1).map((heading, i) => Math.abs(heading - headings[i])));
}

test("the points of a 10 cm grid that are clear of an obstacle, each with its free neighbours", () => {
  const obstacle = { center: [0.5, 0.5] as FloorPoint, width: 0.3, depth: 2, yaw: 0 };
  const floor = freeFloor({ outline }, [obstacle], 0.12);
  expect(floor.points.length).toBeGreaterThan(20);
  for (const [x] of floor.points) expect(Math.abs(x - 0.5)).toBeGreaterThanOrEqual(0.27 - 1e-9);
  floor.points.forEach(([x, y], point) => {
    const near = floor.points.flatMap(([otherX, otherY], other) => {
      const apart = Math.max(Math.abs(otherX - x), Math.abs(otherY - y));
      return other !== point && apart < 0.15 ? [other] : [];
    });
    expect(floor.neighbours[point].toSorted((a, b) => a - b)).toEqual(near);
  });
  expect(floor.isFree([0.1, 0.5])).toBe(true);
  expect(floor.isFree([0.4, 0.5])).toBe(false);
  expect(floor.isFree([1.5, 0.5])).toBe(false);
  expect(floor.isFree([Number.NaN, 0.5])).toBe(false);
});

test("nothing is free where the obstacle fills the floor", () => {
  const obstacle = { center: [0.5, 0.5] as FloorPoint, width: 3, depth: 3, yaw: 0.3 };
  expect(freeFloor({ outline }, [obstacle], 0.1)).toMatchObject({ points: [], neighbours: [] });
});

test("the part with the most points; the first of equal ones; none of no floor", () => {
  expect(largestArea({ neighbours: [[3], [2, 4], [1], [0], [1]] })).toEqual([1, 2, 4]);
  expect(largestArea({ neighbours: [[2], [3], [0], [1]] })).toEqual([0, 2]);
  expect(largestArea({ neighbours: [[]] })).toEqual([0]);
  expect(largestArea({ neighbours: [] })).toEqual([]);
});

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

test("equal distances along the path, corners and doubled points included, from the first point to the last", () => {
  expect(
    pointsAlong(
      [
        [0, 0],
        [3, 0],
        [3, 0],
        [3, 1],
      ],
      5,
    ),
  ).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 0],
    [3, 1],
  ]);
});

test("one point is the first; a path without length stays there", () => {
  expect(
    pointsAlong(
      [
        [1, 2],
        [5, 2],
      ],
      1,
    ),
  ).toEqual([[1, 2]]);
  expect(pointsAlong([[1, 2]], 3)).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(
    pointsAlong(
      [
        [1, 2],
        [1, 2],
      ],
      2,
    ),
  ).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test("rounds a corner and leaves the ends where they are", () => {
  const smoothed = smoothPath(corner, () => true);
  expect(smoothed).toHaveLength(corner.length);
  expect([smoothed[0], smoothed.at(-1)]).toEqual([corner[0], corner.at(-1)]);
  expect(sharpestTurn(corner)).toBeCloseTo(Math.PI / 2, 9);
  expect(sharpestTurn(smoothed)).toBeLessThan(0.3);
});

test("keeps every point free, and stays as it is where nothing else is", () => {
  const isFree = ([x, y]: FloorPoint) => Math.min(1 - x, y) < 0.05;
  expect(smoothPath(corner, isFree).every(isFree)).toBe(true);
  expect(smoothPath(corner, () => false)).toEqual(corner);
});

test("has nothing to move in a path of one or two points", () => {
  expect(smoothPath([[1, 2]], () => true)).toEqual([[1, 2]]);
  expect(
    smoothPath(
      [
        [1, 2],
        [3, 4],
      ],
      () => true,
    ),
  ).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test("the fewest steps to each point, -1 where no way leads", () => {
  // A ring of five, a tail at 2 and an island.
  const neighbours = [[1, 4], [0, 2], [1, 3, 5], [2, 4], [3, 0], [2], [7], [6], []];
  expect([...stepsFrom({ neighbours }, 0)]).toEqual([0, 1, 2, 2, 1, 3, -1, -1, -1]);
  expect([...stepsFrom({ neighbours }, 8)]).toEqual([-1, -1, -1, -1, -1, -1, -1, -1, 0]);
});
