import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Footprint, footprintsOverlap, wallFootprints } from "../../src/furniture/footprints.ts";

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
