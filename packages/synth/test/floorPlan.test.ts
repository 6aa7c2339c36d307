import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  FLOOR_PLAN_SHAPES,
  type FloorRectangle,
  makeFloorPlan,
  polygonArea,
  polygonContains,
} from "../src/floorPlan.ts";
import { createRandom } from "../src/random.ts";

const area = ({ min, max }: FloorRectangle) => (max[0] - min[0]) * (max[1] - min[1]);

describe.each(FLOOR_PLAN_SHAPES)("a %s plan", (shape) => {
  const plans = Array.from({ length: 50 }, (_, seed) => makeFloorPlan(createRandom(seed, 1), shape));

  test("has 15 to 40 m2, counter-clockwise, centred, with walls along the axes", () => {
    for (const { outline } of plans) {
      expect(polygonArea(outline)).toBeGreaterThan(15);
      expect(polygonArea(outline)).toBeLessThan(40);
      for (const axis of [0, 1]) {
        const values = outline.map((corner) => corner[axis]);
        expect(Math.min(...values) + Math.max(...values)).toBeCloseTo(0, 9);
      }
      outline.forEach(([x, y], i) => {
        const [nextX, nextY] = outline[(i + 1) % outline.length];
        expect(x === nextX).not.toBe(y === nextY);
      });
    }
  });

  test("floor and solids tile the outline: their areas add up to the shoelace's and none leaves it", () => {
    for (const { outline, floor, solids } of plans) {
      const tiles = [...floor, ...solids];
      expect(tiles.map(area).reduce((sum, value) => sum + value)).toBeCloseTo(polygonArea(outline), 9);
      for (const { min, max } of tiles) {
        expect(polygonContains(outline, [min[0] + 1e-6, min[1] + 1e-6])).toBe(true);
        expect(polygonContains(outline, [max[0] - 1e-6, max[1] - 1e-6])).toBe(true);
      }
    }
  });

  test("is what its name says", () => {
    for (const { outline, solids, doorway } of plans) {
      expect(outline.length).toBe(shape === "lShape" ? 6 : 4);
      expect(solids.length).toBe({ rectangle: 0, lShape: 0, pillar: 1, twoRooms: 2 }[shape]);
      expect(doorway !== null).toBe(shape === "twoRooms");
      if (!doorway) continue;
      const thickness = doorway.floor.max[0] - doorway.floor.min[0];
      expect(thickness).toBeGreaterThan(0.0999);
      expect(thickness).toBeLessThan(0.1501);
    }
  });
});

test("an L of three unit squares has 3, and -3 the other way round", () => {
  const corners: [number, number][] = [
    [0, 0],
    [2, 0],
    [2, 1],
    [1, 1],
    [1, 2],
    [0, 2],
  ];
  expect(polygonArea(corners)).toBe(3);
  expect(polygonArea([...corners].reverse())).toBe(-3);
});

test("nothing, a point and a line have none", () => {
  expect(polygonArea([])).toBe(0);
  expect(polygonArea([[3, 4]])).toBe(0);
  expect(
    polygonArea([
      [0, 0],
      [1, 1],
      [2, 2],
    ]),
  ).toBe(0);
});

test("a triangle has half its base times its height wherever it lies", () => {
  const whole = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(
      whole,
      whole,
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 1000 }),
      whole,
      (x, y, base, height, lean) => {
        const triangle: [number, number][] = [
          [x, y],
          [x + base, y],
          [x + lean, y + height],
        ];
        expect(polygonArea(triangle)).toBe((base * height) / 2);
      },
    ),
  );
});
