import { describe, expect, test } from "@jest/globals";
import { cameraWalk, floorPlanShapes, makeRoom, renderWalk, sensorIntrinsics } from "../../src/index.ts";
import { castRay } from "./boxScene.ts";

const intrinsics = sensorIntrinsics(80, 60);
const rooms = floorPlanShapes.map((shape, seed) => {
  const room = makeRoom({ sceneName: "scene9000_00", seed, shape });
  return { room, poses: cameraWalk(room, { seed, frames: 30 }) };
});

describe("renderWalk", () => {
  test("a room has no holes: a pixel without depth looks out above the walls, where there is no ceiling", () => {
    for (const { room, poses } of rooms) {
      const { outline, ceilingHeight } = room.floorPlan;
      const reach = (axis: 0 | 1) => outline.map((corner) => corner[axis]);
      // The air of the room as a box that one looks at from inside: where its own ceiling is hit a hole is right.
      const [min, max] = [
        [Math.min(...reach(0)), Math.min(...reach(1)), -1],
        [Math.max(...reach(0)), Math.max(...reach(1)), ceilingHeight],
      ];
      let [looksOut, holes] = [0, 0];
      for (const { depth, truth } of renderWalk(room.mesh, intrinsics, poses)) {
        for (let pixel = 0; pixel < depth.length; pixel++) {
          if (depth[pixel] > 0) continue;
          looksOut++;
          const { cameraToWorld: pose } = truth;
          const inCamera = [
            ((pixel % 80) - intrinsics.cx) / intrinsics.fx,
            (Math.floor(pixel / 80) - intrinsics.cy) / intrinsics.fy,
            1,
          ];
          const direction = [0, 4, 8].map((row) => inCamera.reduce((sum, v, i) => sum + pose[row + i] * v, 0));
          const exits = direction.map((value, axis) => ((value > 0 ? max : min)[axis] - pose[4 * axis + 3]) / value);
          if (!(direction[2] > 0 && exits[2] <= Math.min(exits[0], exits[1]) + 1e-6)) holes++;
        }
      }
      expect(holes).toBe(0);
      expect(looksOut).toBeLessThan(0.05 * depthPixels(poses.length));
    }
  });

  test("pixels are those of the frame's ids, and ids those of the truth", () => {
    for (const { room, poses } of rooms) {
      const known = new Set(room.truth.objects.map(({ id }) => id));
      for (const { objectIds, truth } of renderWalk(room.mesh, intrinsics, poses)) {
        const seen = objectIds.reduce((count, id) => count + (id >= 0 ? 1 : 0), 0);
        expect(truth.visible.reduce((sum, { pixels }) => sum + pixels, 0)).toBe(seen);
        for (const { objectId } of truth.visible) expect(known.has(objectId)).toBe(true);
      }
    }
  });

  test("a pixel of a piece lies on a ray that meets the piece's true box, and not before the box", () => {
    const { room, poses } = rooms[0];
    const boxes = new Map(room.truth.objects.flatMap(({ id, aabb }) => (aabb ? [[id, aabb] as const] : [])));
    let [checked, outside] = [0, 0];
    for (const { depth, objectIds, truth } of renderWalk(room.mesh, intrinsics, poses)) {
      for (let pixel = 0; pixel < depth.length; pixel += 7) {
        const aabb = boxes.get(objectIds[pixel]);
        if (!aabb) continue;
        const grown = {
          min: aabb.min.map((value) => value - 2e-3) as typeof aabb.min,
          max: aabb.max.map((value) => value + 2e-3) as typeof aabb.max,
        };
        const hit = castRay([grown], intrinsics, truth.cameraToWorld, pixel % 80, Math.floor(pixel / 80));
        checked++;
        if (hit.box < 0 || depth[pixel] / 1000 < hit.depth - 1e-3) outside++;
      }
    }
    expect(outside).toBe(0);
    expect(checked).toBeGreaterThan(1000);
  });

  test("most furniture is seen, in every kind of room", () => {
    for (const { room, poses } of rooms) {
      const seen = new Set<number>();
      for (const { truth } of renderWalk(room.mesh, sensorIntrinsics(160, 120), poses)) {
        for (const { objectId, pixels } of truth.visible) if (pixels >= 20) seen.add(objectId);
      }
      const pieces = room.truth.objects.filter(({ box }) => box !== null);
      expect(pieces.filter(({ id }) => seen.has(id)).length / pieces.length).toBeGreaterThanOrEqual(0.8);
    }
  });

  test("the same walk gives the same frames; no pose gives none", () => {
    const { room, poses } = rooms[1];
    const frames = () => [...renderWalk(room.mesh, intrinsics, poses.slice(0, 3))];
    expect(frames()).toEqual(frames());
    expect([...renderWalk(room.mesh, intrinsics, [])]).toEqual([]);
  });
});

function depthPixels(frames: number): number {
  return frames * intrinsics.width * intrinsics.height;
}
