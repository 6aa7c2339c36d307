import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { sensorIntrinsics } from "../../src/camera/pose.ts";
import { renderWalk } from "../../src/camera/render.ts";
import type { FloorPoint } from "../../src/floorPlan.ts";
import { createRandom } from "../../src/random.ts";
import { makeRoom } from "../../src/room/makeRoom.ts";
import { buildPlainRoom, PLAIN_KINDS, plainWalk } from "../../src/room/plainRoom.ts";
import { readScan } from "../support/readScan.ts";
import { thrown } from "../support/thrown.ts";

const numbers = [2, 3, 4, 5, 6, 7];
const variant = fc.integer({ min: -100_000, max: 100_000_000 });

describe("buildPlainRoom", () => {
  test("as many consecutive variants as there are kinds and numbers have each kind with each number once", () => {
    const expected = PLAIN_KINDS.flatMap(({ label }) => numbers.map((number) => `${number} ${label}`)).sort();
    fc.assert(
      fc.property(variant, fc.integer(), (first, seed) => {
        const rooms = expected.map((_, index) => buildPlainRoom(createRandom(seed, 1), first + index));
        const found = rooms.map(({ pieces }) => `${pieces.length} ${pieces[0].label}`);
        expect(found.sort()).toEqual(expected);
        for (const { pieces } of rooms) expect(new Set(pieces.map(({ label }) => label)).size).toBe(1);
      }),
    );
  });

  test("blocks are of one size, stand on the floor within the walls and keep a gap", () => {
    fc.assert(
      fc.property(variant, fc.integer(), (index, seed) => {
        const { pieces, floorPlan } = buildPlainRoom(createRandom(seed, 1), index);
        const ends = (axis: 0 | 1, { center, size }: (typeof pieces)[0]) =>
          [-1, 1].map((side) => center[axis] + (side * size[axis]) / 2);
        const inside = ([x, y]: FloorPoint) =>
          Math.abs(x) < floorPlan.outline[2][0] && Math.abs(y) < floorPlan.outline[2][1];
        for (const piece of pieces) {
          expect([piece.size, piece.elevation, piece.yaw]).toEqual([pieces[0].size, 0, 0]);
          for (const x of ends(0, piece)) for (const y of ends(1, piece)) expect(inside([x, y])).toBe(true);
        }
        const alongRow = pieces.map((piece) => ends(0, piece)).sort(([a], [b]) => a - b);
        for (let i = 1; i < alongRow.length; i += 1) expect(alongRow[i][0] - alongRow[i - 1][1]).toBeGreaterThan(0.05);
      }),
    );
  });

  test("every place of the row is taken in some room, so that a place tells nothing about the number", () => {
    const places = new Map<number, Set<string>>();
    for (let seed = 0; seed < 300; seed += 1) {
      const { pieces } = buildPlainRoom(createRandom(seed, 1), 0);
      expect(pieces).toHaveLength(numbers[0]);
      for (const { center } of pieces) places.set(seed, (places.get(seed) ?? new Set()).add(center[0].toFixed(2)));
    }
    expect(new Set([...places.values()].flatMap((taken) => [...taken])).size).toBe(8);
  });
});

describe("a plain room's scan", () => {
  const rooms = Array.from({ length: 18 }, (_, seed) =>
    makeRoom({ sceneName: "scene9000_00", seed, style: "plain", vertexCount: 3000 }),
  );

  test("holds floor, four walls and the blocks, all annotated, and its truth counts what the file has", () => {
    for (const room of rooms) {
      const { groups } = readScan(room);
      const label = room.pieces[0].label;
      expect(room.truth.counts).toEqual({ floor: 1, wall: 4, [label]: room.pieces.length });
      for (const [name, count] of Object.entries(room.truth.counts)) {
        expect(groups.filter((group) => group.label === name)).toHaveLength(count);
      }
    }
  });

  test("shows each kind in its own colour: each in another of red, green and blue by far the strongest", () => {
    const strongest = new Map<string, Set<number>>();
    for (const { mesh, truth } of rooms) {
      const named = new Map(truth.objects.map(({ id, label }) => [id, label]));
      mesh.objectOfVertex.forEach((object, vertex) => {
        const label = named.get(object)!;
        if (!PLAIN_KINDS.some((kind) => kind.label === label)) return;
        const color = [...mesh.colors.subarray(3 * vertex, 3 * vertex + 3)];
        const [most, next] = [...color].sort((a, b) => b - a);
        expect(most - next).toBeGreaterThan(100);
        strongest.set(label, (strongest.get(label) ?? new Set()).add(color.indexOf(most)));
      });
    }
    expect([...strongest.values()].map((channels) => [...channels].join()).sort()).toEqual(["0", "1", "2"]);
  });
});

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
      const atEdge = objectIds.filter((_, pixel) => {
        const [column, row] = [pixel % width, Math.floor(pixel / width)];
        return column % (width - 1) === 0 || row % (height - 1) === 0;
      });
      expect(atEdge.length).toBe(2 * (width + height) - 4);
      for (const block of blocks) expect(atEdge).not.toContain(block);
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
