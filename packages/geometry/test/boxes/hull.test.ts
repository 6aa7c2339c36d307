import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { floorHull as floorHullOf } from "../../src/boxes/hull.ts";

const coordinate = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -5, max: 5, noNaN: true }));
const points = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 60 });

/** The hull by sorting (Andrew's monotone chain), clockwise from the last vertex in order of x, then y. */
function hullBySorting(vertices: [number, number][]): [number, number][] {
  const sorted = [...vertices].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (points: [number, number][]) => {
    const corners: [number, number][] = [];
    for (const [x, y] of points) {
      while (corners.length > 1) {
        const [[beforeX, beforeY], [lastX, lastY]] = corners.slice(-2);
        if ((lastX - beforeX) * (y - beforeY) - (lastY - beforeY) * (x - beforeX) < 0) break;
        corners.pop();
      }
      corners.push([x, y]);
    }
    return corners.slice(0, -1);
  };
  return [...chain(sorted.toReversed()), ...chain(sorted)];
}

function doubledArea(ring: [number, number][]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0);
}

const floorHull = (positions: number[] | Float64Array) => floorHullOf(Float64Array.from(positions));

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
    for (let ring = 1; ring <= 20; ring += 1) {
      for (let step = 0; step < 64; step += 1) {
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

  test("has the corners that sorting finds, in the same order, also among collinear and doubled vertices", () => {
    const onGrid = fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -6, max: 6 }));
    fc.assert(
      fc.property(fc.array(onGrid, { minLength: 2, maxLength: 80 }), (vertices) => {
        fc.pre(new Set(vertices.map(String)).size > 1);
        expect(floorHull(vertices.flatMap(([x, y]) => [x, y, 0]))).toEqual(hullBySorting(vertices));
      }),
    );
  });

  test("of no vertex has no corner, of one vertex many times over one", () => {
    expect(floorHull([])).toEqual([]);
    expect(floorHull([3, 4, 0, 3, 4, 1, 3, 4, 2])).toEqual([[3, 4]]);
  });

  test("of a curve that halves the distance to its end with every vertex keeps all of them", () => {
    const vertices = Array.from({ length: 50 }, (_, step): [number, number] => [2 ** -step, 4 ** -step]);
    expect(floorHull(vertices.flatMap(([x, y]) => [x, y, 0]))).toHaveLength(50);
  });
});
