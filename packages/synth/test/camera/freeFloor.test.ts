import { expect, test } from "@jest/globals";
import { freeFloor } from "../../src/camera/freeFloor.ts";
import type { FloorPoint } from "../../src/index.ts";

const outline: FloorPoint[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

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
