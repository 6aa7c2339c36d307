import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { floorHull } from "../../src/boxes/floorHull.ts";

const coordinate = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -5, max: 5, noNaN: true }));
const points = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 60 });

function doubledArea(ring: [number, number][]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0);
}

describe("floorHull", () => {
  test("consists of vertices and leaves none outside", () => {
    fc.assert(
      fc.property(points, (vertices) => {
        const hull = floorHull(vertices.flat());
        const turn = doubledArea(hull) < 0 ? -1 : 1;
        for (const [x, y] of hull) expect(vertices.some((v) => v[0] === x && v[1] === y)).toBe(true);
        for (const [x, y] of vertices) {
          for (const [index, [fromX, fromY]] of hull.entries()) {
            const [toX, toY] = hull[(index + 1) % hull.length];
            const side = (toX - fromX) * (y - fromY) - (toY - fromY) * (x - fromX);
            expect(turn * side).toBeGreaterThan(-1e-9);
          }
        }
      }),
    );
  });

  test("of a disc of points holds the rim and nothing else", () => {
    const positions: number[] = [];
    for (let ring = 1; ring <= 20; ring++) {
      for (let step = 0; step < 64; step++) {
        const angle = (2 * Math.PI * step) / 64;
        positions.push((ring / 20) * Math.cos(angle), (ring / 20) * Math.sin(angle), 7);
      }
    }
    const hull = floorHull(positions);
    expect(hull).toHaveLength(64);
    for (const [x, y] of hull) expect(Math.hypot(x, y)).toBeCloseTo(1, 12);
  });

  test("of collinear vertices spans both ends", () => {
    const hull = floorHull([0, 0, 0, 2, 2, 1, 1, 1, 5, 2, 2, 9]);
    expect(hull).toContainEqual([0, 0]);
    expect(hull).toContainEqual([2, 2]);
    expect(Math.abs(doubledArea(hull))).toBe(0);
  });
});
