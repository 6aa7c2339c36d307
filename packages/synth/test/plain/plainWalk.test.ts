import { expect, test } from "@jest/globals";
import { makeRoom, plainWalk, renderWalk, sensorIntrinsics } from "../../src/index.ts";
import { thrown } from "../thrown.ts";

const [width, height] = [160, 120];
const intrinsics = sensorIntrinsics(width, height);
const rooms = Array.from({ length: 18 }, (_, seed) =>
  makeRoom({ sceneName: "scene9000_00", seed, style: "plain", vertexCount: 3000 }),
);

test("each frame shows every block whole: well over the 50 pixels from which it counts as seen, none at the picture's edge", () => {
  rooms.forEach((room, seed) => {
    const blocks = room.truth.objects.filter(({ label }) => label === room.pieces[0].label).map(({ id }) => id);
    for (const { truth, objectIds } of renderWalk(
      room.mesh,
      intrinsics,
      plainWalk(room.floorPlan, { seed, frames: 2 }),
    )) {
      const pixels = new Map(truth.visible.map(({ objectId, pixels }) => [objectId, pixels]));
      for (const block of blocks) expect(pixels.get(block)).toBeGreaterThan(400);
      objectIds.forEach((object, pixel) => {
        const [column, row] = [pixel % width, Math.floor(pixel / width)];
        if (column % (width - 1) === 0 || row % (height - 1) === 0) expect(blocks).not.toContain(object);
      });
    }
  });
});

test("the camera steps aside between two places, other ones for other seeds; the same seed gives the same walk", () => {
  const across = (seed: number) => plainWalk(rooms[0].floorPlan, { seed, frames: 4 }).map((pose) => pose[3]);
  expect(across(5)).toEqual(across(5));
  const walks = rooms.map((_, seed) => across(seed));
  expect(new Set(walks.map(([x]) => x)).size).toBe(rooms.length);
  for (const [first, second, third, fourth] of walks) {
    expect(second - first).not.toBe(0);
    expect(third - second).toBeCloseTo(second - first, 12);
    expect(fourth - third).toBeCloseTo(second - first, 12);
  }
});

test("a number of frames that is not whole is refused", () => {
  expect(thrown(() => plainWalk(rooms[0].floorPlan, { seed: 0, frames: 1.5 }))).toMatchObject({ code: "frame-count" });
});
