import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { floorHull as floorHullOf } from "../../src/boxes/hull.ts";
import { axisAlignedBox } from "../../src/vertices.ts";

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

/** Objects of a few hundred vertices, in any direction and anywhere: clouds, grids, discs, lines and rectangles' edges. */
const manyVertices = fc
  .record({
    shape: fc.constantFrom("cloud", "grid", "disc", "line", "rectangle", "two strips"),
    numbers: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 7 })), {
      minLength: 100,
      maxLength: 400,
    }),
    yaw: fc.constantFrom(0, Math.PI / 2, Math.PI / 4, 0.3),
    width: fc.constantFrom(0, 1e-9, 0.02, 1),
    at: fc.constantFrom(0, -3, 1e6),
  })
  .map(({ shape, numbers, yaw, width, at }) =>
    numbers.flatMap(([u, n], index) => {
      const v = ((index * 7919) % 1009) / 1009;
      const places: Record<typeof shape, [number, number]> = {
        cloud: [u, v],
        grid: [n, index % 5],
        disc: [u * Math.cos(7 * v), u * Math.sin(7 * v)],
        line: [u, 0],
        rectangle: n % 2 === 0 ? [n % 4 === 0 ? 0 : 1, u] : [u, n % 4 === 1 ? 0 : 1],
        "two strips": [n % 2 === 0 ? 0 : 1, u],
      };
      const [along, across] = places[shape];
      return [
        at + along * Math.cos(yaw) - across * width * Math.sin(yaw),
        at + along * Math.sin(yaw) + across * width * Math.cos(yaw),
        n,
      ];
    }),
  );

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

  test("where the bounds tell most vertices to lie inside is the same, to the last bit", () => {
    fc.assert(
      fc.property(manyVertices, (vertices) => {
        const positions = Float64Array.from(vertices);
        expect(floorHullOf(positions, axisAlignedBox(positions))).toEqual(floorHullOf(positions));
      }),
      { numRuns: 500 },
    );
  });
});
