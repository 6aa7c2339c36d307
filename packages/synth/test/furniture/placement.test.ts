import { describe, expect, test } from "@jest/globals";
import { FLOOR_PLAN_SHAPES, makeFloorPlan, polygonContains } from "../../src/floorPlan.ts";
import { FURNISHINGS } from "../../src/furniture/kinds.ts";
import { placeOpenings } from "../../src/furniture/openings.ts";
import type { Piece } from "../../src/furniture/piece.ts";
import { keepFree, placeFurniture } from "../../src/furniture/placement.ts";
import { createRandom } from "../../src/random.ts";

const rooms = Array.from({ length: 32 }, (_, seed) => {
  const random = createRandom(seed, 1);
  const furnishing = FURNISHINGS[Math.floor(seed / 4) % FURNISHINGS.length];
  const plan = makeFloorPlan(random, FLOOR_PLAN_SHAPES[seed % FLOOR_PLAN_SHAPES.length]);
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
    // Asserted once: a quarter of a million calls of expect take longer than all else here.
    const wrong: unknown[] = [];
    for (const { plan, furniture, openings } of rooms) {
      const all = [...furniture, ...openings.filter(({ label }) => label !== "doorframe")];
      for (const piece of furniture) {
        for (const point of footprintPoints(piece)) {
          const isInside = polygonContains(plan.outline, point);
          const isInSolid = plan.solids.some(
            ({ min, max }) => point[0] > min[0] && point[0] < max[0] && point[1] > min[1] && point[1] < max[1],
          );
          const hit = all.filter((other) => {
            const shareHeight =
              piece.elevation < other.elevation + other.size[2] - 1e-9 &&
              other.elevation < piece.elevation + piece.size[2] - 1e-9;
            // A pillow leans on the same bed whose headboard is higher than the mattress it lies on.
            const carried = piece.label === "pillow" && other.label === "bed";
            const carries = piece.label === "bed" && other.label === "pillow";
            return other !== piece && shareHeight && !carried && !carries && stands(other, point, 0);
          });
          if (!isInside || isInSolid || hit.length > 0) wrong.push({ piece, point, isInside, isInSolid, hit });
        }
      }
    }
    expect(wrong).toEqual([]);
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
