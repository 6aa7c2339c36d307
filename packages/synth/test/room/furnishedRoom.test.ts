import { describe, expect, test } from "@jest/globals";
import { FLOOR_PLAN_SHAPES } from "../../src/floorPlan.ts";
import { createRandom } from "../../src/random.ts";
import { buildFurnishedRoom } from "../../src/room/furnishedRoom.ts";

const seeds = Array.from({ length: 20 }, (_, seed) => seed);

describe("buildFurnishedRoom", () => {
  test("a given shape is kept, and a room's use does not depend on it", () => {
    for (const seed of seeds) {
      const { sceneType } = buildFurnishedRoom(createRandom(seed, 1));
      for (const shape of FLOOR_PLAN_SHAPES) {
        const room = buildFurnishedRoom(createRandom(seed, 1), shape);
        expect([room.floorPlan.shape, room.sceneType]).toEqual([shape, sceneType]);
      }
    }
  });

  test("without one, every shape is drawn; every piece is an object of its own, none has a colour of its own", () => {
    const rooms = seeds.map((seed) => buildFurnishedRoom(createRandom(seed, 1)));
    expect(new Set(rooms.map(({ floorPlan }) => floorPlan.shape)).size).toBe(FLOOR_PLAN_SHAPES.length);
    for (const { pieces, objects } of rooms) {
      expect(objects.flatMap(({ piece }) => piece ?? [])).toEqual(pieces);
      expect(objects.filter(({ color }) => color !== undefined)).toEqual([]);
    }
  });
});
