import { expect, test } from "@jest/globals";
import { FLOOR_PLAN_SHAPES, makeFloorPlan } from "../../src/floorPlan.ts";
import { placeOpenings } from "../../src/furniture/openings.ts";
import { createRandom } from "../../src/random.ts";

test("what hangs on walls has its back in the plane of an outer wall, lies inside the room, and is clear of the partition", () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const random = createRandom(seed, 1);
    const plan = makeFloorPlan(random, FLOOR_PLAN_SHAPES[seed % FLOOR_PLAN_SHAPES.length]);
    const { pieces } = placeOpenings(random, plan);
    expect(pieces.slice(0, 2).map(({ label }) => label)).toEqual(["door", "doorframe"]);
    const inPartition = plan.doorway ? pieces.pop() : undefined;
    if (plan.doorway) expect(inPartition?.label).toBe("doorframe");
    for (const { center, yaw, size, elevation } of pieces) {
      const corners = [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ].map(([i, j]) => {
        const [x, y] = [(i * size[0]) / 2, (j * size[1]) / 2];
        return [center[0] + x * Math.cos(yaw) - y * Math.sin(yaw), center[1] + x * Math.sin(yaw) + y * Math.cos(yaw)];
      });
      const onWall = plan.outline.some(([x, y], i) => {
        const [nextX, nextY] = plan.outline[(i + 1) % plan.outline.length];
        const length = Math.hypot(nextX - x, nextY - y);
        const inwards = corners.map(([px, py]) => ((nextX - x) * (py - y) - (nextY - y) * (px - x)) / length);
        const along = corners.map(([px, py]) => ((nextX - x) * (px - x) + (nextY - y) * (py - y)) / length);
        const back = Math.max(Math.abs(inwards[2]), Math.abs(inwards[3])) < 1e-9;
        const front = Math.abs(inwards[0] - size[1]) < 1e-9;
        return back && front && Math.min(...along) > -1e-9 && Math.max(...along) < length + 1e-9;
      });
      expect(onWall).toBe(true);
      expect(elevation + size[2]).toBeLessThan(plan.ceilingHeight);
      for (const { min, max } of plan.solids) {
        const apart =
          Math.max(...corners.map(([x]) => x)) < min[0] ||
          Math.min(...corners.map(([x]) => x)) > max[0] ||
          Math.max(...corners.map(([, y]) => y)) < min[1] ||
          Math.min(...corners.map(([, y]) => y)) > max[1];
        expect(apart).toBe(true);
      }
    }
  }
});
