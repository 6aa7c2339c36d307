import { describe, expect, test } from "@jest/globals";
import { cameraPose, sensorIntrinsics } from "../../src/camera/pose.ts";
import { countPixels, renderFrame, renderWalk, shadeFaces } from "../../src/camera/render.ts";
import { cameraWalk } from "../../src/camera/walk.ts";
import { FLOOR_PLAN_SHAPES } from "../../src/floorPlan.ts";
import { makeRoom } from "../../src/room/makeRoom.ts";
import { boxAround, boxScene, castRay } from "../support/boxScene.ts";

test("counts each object once a pixel, ordered by id, leaving out -1", () => {
  expect(countPixels(Int32Array.of(10, -1, 2, 10, 0, -1, 10))).toEqual([
    { objectId: 0, pixels: 1 },
    { objectId: 2, pixels: 1 },
    { objectId: 10, pixels: 3 },
  ]);
  expect(countPixels(Int32Array.of(-1, -1))).toEqual([]);
  expect(countPixels(new Int32Array(0))).toEqual([]);
});

describe("renderFrame", () => {
  const intrinsics = sensorIntrinsics(32, 24);
  const ahead = cameraPose([0, 0, 0], 0, 0);

  function render(scene: ReturnType<typeof boxScene>) {
    return renderFrame(scene, shadeFaces(scene), intrinsics, ahead);
  }

  test("colour, depth and id of the same nearest face; nothing is black, 0 and -1", () => {
    // Fills the left half of the image: +y is left.
    const scene = boxScene([boxAround([3.7345, 10, 0], [1, 20, 20])]);
    const { color, depth, objectIds } = render(scene);
    const [left, right] = [12 * 32 + 4, 12 * 32 + 28];
    expect([depth[left], objectIds[left]]).toEqual([3235, 0]);
    expect(color.slice(3 * left, 3 * left + 3).every((value) => value > 0)).toBe(true);
    expect([depth[right], objectIds[right], ...color.slice(3 * right, 3 * right + 3)]).toEqual([0, -1, 0, 0, 0]);
  });

  test("surface without annotation has depth and colour but no id", () => {
    const scene = boxScene([boxAround([3, 0, 0], [1, 20, 20])]);
    scene.objectOfVertex.fill(-1);
    const { color, depth, objectIds } = render(scene);
    expect(new Set(depth)).toEqual(new Set([2500]));
    expect(new Set(objectIds)).toEqual(new Set([-1]));
    expect(color.includes(0)).toBe(false);
  });

  test("farther than 16 bits of millimetres is no depth, but is seen", () => {
    const { depth, objectIds } = render(boxScene([boxAround([101, 0, 0], [1, 500, 500])]));
    expect(new Set(depth)).toEqual(new Set([0]));
    expect(new Set(objectIds)).toEqual(new Set([0]));
  });
});

describe("renderWalk", () => {
  const intrinsics = sensorIntrinsics(80, 60);
  const rooms = FLOOR_PLAN_SHAPES.map((shape, seed) => {
    const room = makeRoom({ sceneName: "scene9000_00", seed, shape });
    return { room, poses: cameraWalk(room, { seed, frames: 30 }) };
  });

  function depthPixels(frames: number): number {
    return frames * intrinsics.width * intrinsics.height;
  }

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
        for (let pixel = 0; pixel < depth.length; pixel += 1) {
          if (depth[pixel] > 0) continue;
          looksOut += 1;
          const { cameraToWorld: pose } = truth;
          const inCamera = [
            ((pixel % 80) - intrinsics.cx) / intrinsics.fx,
            (Math.floor(pixel / 80) - intrinsics.cy) / intrinsics.fy,
            1,
          ];
          const direction = [0, 4, 8].map((row) => inCamera.reduce((sum, v, i) => sum + pose[row + i] * v, 0));
          const exits = direction.map((value, axis) => ((value > 0 ? max : min)[axis] - pose[4 * axis + 3]) / value);
          if (!(direction[2] > 0 && exits[2] <= Math.min(exits[0], exits[1]) + 1e-6)) holes += 1;
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
        checked += 1;
        if (hit.box < 0 || depth[pixel] / 1000 < hit.depth - 1e-3) outside += 1;
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

test("faces of one side are alike, sides along different axes differ, and none is brighter than its object", () => {
  const shaded = shadeFaces(boxScene([boxAround([0, 0, 0], [1, 2, 3])]));
  const faces = Array.from({ length: 12 }, (_, face) => shaded.slice(3 * face, 3 * face + 3).join());
  for (let face = 0; face < 12; face += 2) expect(faces[face]).toBe(faces[face + 1]);
  expect(new Set(faces).size).toBe(3);
  for (let i = 0; i < shaded.length; i += 1) {
    expect(shaded[i]).toBeLessThanOrEqual([200, 100, 50][i % 3]);
    expect(shaded[i]).toBeGreaterThanOrEqual([100, 50, 25][i % 3]);
  }
});

test("an object has one colour, the mean of its vertices; a face without area gets half of it", () => {
  const scene = boxScene([boxAround([0, 0, 0], [1, 1, 1]), boxAround([3, 0, 0], [1, 1, 1])]);
  scene.colors.fill(10, 0, 12);
  scene.colors.fill(30, 12, 24);
  scene.positions.fill(0, 0, 24);
  const shaded = shadeFaces(scene);
  expect(new Set(shaded.slice(0, 36))).toEqual(new Set([10]));
  expect(shaded.slice(36)).not.toContain(10);
});
