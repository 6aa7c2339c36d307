import { expect, test } from "@jest/globals";
import { makeFloorPlan } from "../../src/floorPlan.ts";
import { createRandom } from "../../src/random.ts";
import { solidPatches } from "../../src/room/shell.ts";

const area = (u: number[], v: number[]) => Math.hypot(...u) * Math.hypot(...v);

test("a pillar shows its four sides from floor to ceiling", () => {
  const plan = makeFloorPlan(createRandom(1, 1), "pillar");
  const patches = solidPatches(plan);
  const side = plan.solids[0].max[0] - plan.solids[0].min[0];
  expect(patches.length).toBe(4);
  expect(patches.reduce((sum, { u, v }) => sum + area(u, v), 0)).toBeCloseTo(4 * side * plan.ceilingHeight, 9);
});

test("a partition shows the sides of both pieces, two faces of the wall over the doorway and its underside", () => {
  const plan = makeFloorPlan(createRandom(1, 1), "twoRooms");
  const patches = solidPatches(plan);
  const passage = plan.doorway?.floor ?? { min: [0, 0], max: [0, 0] };
  expect(patches.length).toBe(4 + 4 + 3);
  const overDoorway = patches.filter(({ origin }) => origin[2] === plan.doorway?.height);
  const [thickness, width] = [passage.max[0] - passage.min[0], passage.max[1] - passage.min[1]];
  expect(overDoorway.reduce((sum, { u, v }) => sum + area(u, v), 0)).toBeCloseTo(
    2 * width * (plan.ceilingHeight - 2.05) + thickness * width,
    9,
  );
});

test("a plain room has none", () => {
  expect(solidPatches(makeFloorPlan(createRandom(1, 1), "rectangle"))).toEqual([]);
});
