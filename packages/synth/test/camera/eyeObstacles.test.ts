import { expect, test } from "@jest/globals";
import { eyeObstacles } from "../../src/camera/eyeObstacles.ts";
import { makeRoom } from "../../src/index.ts";

const { floorPlan } = makeRoom({ sceneName: "scene9000_00", seed: 1, shape: "pillar", vertexCount: 6000 });
const shell = floorPlan.outline.length + floorPlan.solids.length;

test("walls and pillar always, a part only at eye height, where its piece's turn puts it", () => {
  const piece = {
    label: "shelf",
    center: [1, 2] as [number, number],
    elevation: 0.5,
    yaw: Math.PI / 2,
    size: [2, 1, 1.5] as [number, number, number],
    parts: [
      { min: [0.5, -0.5, 0] as [number, number, number], max: [1, 0.5, 1.5] as [number, number, number] },
      { min: [-1, -0.5, 0] as [number, number, number], max: [0, 0.5, 0.7] as [number, number, number] },
      { min: [-1, -0.5, 1.3] as [number, number, number], max: [0, 0.5, 1.5] as [number, number, number] },
    ],
  };
  expect(eyeObstacles(floorPlan, [], 1.5, 0.25)).toHaveLength(shell);
  const found = eyeObstacles(floorPlan, [piece], 1.5, 0.25).slice(shell);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ width: 0.5, depth: 1, yaw: Math.PI / 2 });
  expect(found[0].center[0]).toBeCloseTo(1, 12);
  expect(found[0].center[1]).toBeCloseTo(2.75, 12);
});
