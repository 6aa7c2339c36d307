import { expect, test } from "@jest/globals";
import { smoothPath } from "../../src/camera/smoothPath.ts";
import type { FloorPoint } from "../../src/index.ts";

const corner: FloorPoint[] = [
  ...Array.from({ length: 11 }, (_, i): FloorPoint => [i / 10, 0]),
  ...Array.from({ length: 10 }, (_, i): FloorPoint => [1, (i + 1) / 10]),
];

function sharpestTurn(path: readonly FloorPoint[]): number {
  const headings = path.slice(1).map(([x, y], i) => Math.atan2(y - path[i][1], x - path[i][0]));
  return Math.max(...headings.slice(1).map((heading, i) => Math.abs(heading - headings[i])));
}

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
