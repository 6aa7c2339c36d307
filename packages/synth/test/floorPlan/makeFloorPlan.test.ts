import { describe, expect, test } from "@jest/globals";
import { makeFloorPlan } from "../../src/floorPlan/makeFloorPlan.ts";
import { polygonArea } from "../../src/floorPlan/polygonArea.ts";
import { polygonContains } from "../../src/floorPlan/polygonContains.ts";
import { type FloorRectangle, floorPlanShapes } from "../../src/index.ts";
import { createRandom } from "../../src/random/createRandom.ts";

const area = ({ min, max }: FloorRectangle) => (max[0] - min[0]) * (max[1] - min[1]);

describe.each(floorPlanShapes)("a %s plan", (shape) => {
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
