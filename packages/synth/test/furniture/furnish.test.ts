import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { floorPlanShapes, makeFloorPlan, polygonContains } from "../../src/floorPlan.ts";
import {
  buildFurnishedRoom,
  type Footprint,
  footprintsOverlap,
  keepFree,
  placeFurniture,
  placeOpenings,
  wallFootprints,
} from "../../src/furniture/furnish.ts";
import { furnishings } from "../../src/furniture/kinds.ts";
import type { Piece } from "../../src/furniture/piece.ts";
import { createRandom } from "../../src/random.ts";

const seeds = Array.from({ length: 20 }, (_, seed) => seed);

describe("buildFurnishedRoom", () => {
  test("a given shape is kept, and a room's use does not depend on it", () => {
    for (const seed of seeds) {
      const { sceneType } = buildFurnishedRoom(createRandom(seed, 1));
      for (const shape of floorPlanShapes) {
        const room = buildFurnishedRoom(createRandom(seed, 1), shape);
        expect([room.floorPlan.shape, room.sceneType]).toEqual([shape, sceneType]);
      }
    }
  });

  test("without one, every shape is drawn; every piece is an object of its own, none has a colour of its own", () => {
    const rooms = seeds.map((seed) => buildFurnishedRoom(createRandom(seed, 1)));
    expect(new Set(rooms.map(({ floorPlan }) => floorPlan.shape)).size).toBe(floorPlanShapes.length);
    for (const { pieces, objects } of rooms) {
      expect(objects.flatMap(({ piece }) => piece ?? [])).toEqual(pieces);
      expect(objects.filter(({ color }) => color !== undefined)).toEqual([]);
    }
  });
});

const footprint = fc.record<Footprint>({
  center: fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })) as fc.Arbitrary<
    [number, number]
  >,
  width: fc.integer({ min: 1, max: 15 }),
  depth: fc.integer({ min: 1, max: 15 }),
  yaw: fc.integer({ min: -180, max: 180 }).map((degrees) => (degrees * Math.PI) / 180),
});

/** Points all over a footprint. */
function points({ center, width, depth, yaw }: Footprint): [number, number][] {
  const steps = Array.from({ length: 21 }, (_, i) => i / 20 - 0.5);
  return steps.flatMap((s) =>
    steps.map((t): [number, number] => [
      center[0] + s * width * Math.cos(yaw) - t * depth * Math.sin(yaw),
      center[1] + s * width * Math.sin(yaw) + t * depth * Math.cos(yaw),
    ]),
  );
}

describe("footprintsOverlap", () => {
  test("rectangles that share a sampled point inside overlap, in either order", () => {
    fc.assert(
      fc.property(footprint, footprint, (first, second) => {
        const shared = points(first).some(([x, y]) => {
          const [dx, dy] = [x - second.center[0], y - second.center[1]];
          const across = dx * Math.cos(second.yaw) + dy * Math.sin(second.yaw);
          const along = dy * Math.cos(second.yaw) - dx * Math.sin(second.yaw);
          return Math.abs(across) < second.width / 2 - 1e-6 && Math.abs(along) < second.depth / 2 - 1e-6;
        });
        fc.pre(shared);
        expect(footprintsOverlap(first, second, 0)).toBe(true);
        expect(footprintsOverlap(second, first, 0)).toBe(true);
      }),
    );
  });

  test("circles around them that do not meet mean they do not overlap", () => {
    fc.assert(
      fc.property(footprint, footprint, (first, second) => {
        const reach = (Math.hypot(first.width, first.depth) + Math.hypot(second.width, second.depth)) / 2;
        fc.pre(Math.hypot(first.center[0] - second.center[0], first.center[1] - second.center[1]) > reach);
        expect(footprintsOverlap(first, second, 0)).toBe(false);
      }),
    );
  });

  test("a diamond in the corner of a square overlaps its bounding box but not the square", () => {
    const square: Footprint = { center: [0, 0], width: 2, depth: 2, yaw: 0 };
    const diamond: Footprint = { center: [1.8, 1.8], width: 2, depth: 2, yaw: Math.PI / 4 };
    expect(footprintsOverlap(square, diamond, 0)).toBe(false);
    expect(footprintsOverlap(square, { ...diamond, center: [1.6, 1.6] }, 0)).toBe(true);
  });

  test("the clearance counts", () => {
    const left: Footprint = { center: [0, 0], width: 2, depth: 1, yaw: 0 };
    const right: Footprint = { center: [2.5, 0], width: 2, depth: 1, yaw: 0 };
    expect([footprintsOverlap(left, right, 0.49), footprintsOverlap(left, right, 0.51)]).toEqual([false, true]);
  });
});

const rooms = Array.from({ length: 32 }, (_, seed) => {
  const random = createRandom(seed, 1);
  const furnishing = furnishings[Math.floor(seed / 4) % furnishings.length];
  const plan = makeFloorPlan(random, floorPlanShapes[seed % floorPlanShapes.length]);
  const openings = placeOpenings(random, plan);
  const furniture = placeFurniture(random, plan, furnishing, keepFree(plan, openings.door));
  return { plan, openings: openings.pieces, furniture, furnishing };
});

/** A raster of points over a piece's footprint, its border among them. */
function footprintPoints({ center, size, yaw }: Piece): [number, number][] {
  const steps = Array.from({ length: 13 }, (_, i) => i / 12 - 0.5);
  return steps.flatMap((s) =>
    steps.map((t): [number, number] => {
      const [x, y] = [s * size[0], t * size[1]];
      return [center[0] + x * Math.cos(yaw) - y * Math.sin(yaw), center[1] + x * Math.sin(yaw) + y * Math.cos(yaw)];
    }),
  );
}

function stands({ center, size, yaw }: Piece, [x, y]: [number, number], slack: number): boolean {
  const [dx, dy] = [x - center[0], y - center[1]];
  const across = Math.abs(dx * Math.cos(yaw) + dy * Math.sin(yaw));
  const along = Math.abs(dy * Math.cos(yaw) - dx * Math.sin(yaw));
  return across <= size[0] / 2 + slack && along <= size[1] / 2 + slack;
}

describe("placeFurniture", () => {
  test("no point of a piece's footprint is in another piece at the same height, nor in a wall, pillar or partition", () => {
    for (const { plan, furniture, openings } of rooms) {
      const all = [...furniture, ...openings.filter(({ label }) => label !== "doorframe")];
      for (const piece of furniture) {
        for (const point of footprintPoints(piece)) {
          expect(polygonContains(plan.outline, point)).toBe(true);
          const inSolid = plan.solids.some(
            ({ min, max }) => point[0] > min[0] && point[0] < max[0] && point[1] > min[1] && point[1] < max[1],
          );
          expect(inSolid).toBe(false);
          const hit = all.filter((other) => {
            const shareHeight =
              piece.elevation < other.elevation + other.size[2] - 1e-9 &&
              other.elevation < piece.elevation + piece.size[2] - 1e-9;
            // A pillow leans on the same bed whose headboard is higher than the mattress it lies on.
            const carried = piece.label === "pillow" && other.label === "bed";
            const carries = piece.label === "bed" && other.label === "pillow";
            return other !== piece && shareHeight && !carried && !carries && stands(other, point, 0);
          });
          expect(hit.map(({ label }) => label)).toEqual([]);
        }
      }
    }
  });

  test("what does not stand on the floor stands on the top of a piece, within its footprint", () => {
    const riders = rooms.flatMap(({ furniture }) =>
      furniture.filter(({ elevation }) => elevation > 0).map((rider) => ({ rider, furniture })),
    );
    expect(riders.length).toBeGreaterThan(10);
    for (const { rider, furniture } of riders) {
      const carriers = furniture.filter(
        (piece) =>
          piece.elevation === 0 &&
          piece.parts.some((part) => Math.abs(part.max[2] - rider.elevation) < 1e-9) &&
          footprintPoints(rider).every((point) => stands(piece, point, 1e-9)),
      );
      expect(carriers.length).toBe(1);
    }
  });

  test("every room holds at least what its furnishing asks for", () => {
    for (const { furniture, furnishing } of rooms) {
      for (const [label, least, most] of furnishing.furniture) {
        const count = furniture.filter((piece) => piece.label === label).length;
        expect([label, count >= least, count <= most]).toEqual([label, true, true]);
      }
    }
  });
});

test("what hangs on walls has its back in the plane of an outer wall, lies inside the room, and is clear of the partition", () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = createRandom(seed, 1);
    const plan = makeFloorPlan(random, floorPlanShapes[seed % floorPlanShapes.length]);
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

test("a strip along each wall, as long as the wall, from its middle to both sides", () => {
  const strips = wallFootprints(
    [
      [0, 0],
      [4, 0],
      [4, 3],
    ],
    0.1,
  );
  expect(strips.map(({ center, width, depth }) => ({ center, width, depth }))).toEqual([
    { center: [2, 0], width: 4, depth: 0.2 },
    { center: [4, 1.5], width: 3, depth: 0.2 },
    { center: [2, 1.5], width: 5, depth: 0.2 },
  ]);
  expect(strips.map(({ yaw }) => yaw)).toEqual([0, Math.PI / 2, Math.atan2(-3, -4)]);
});
