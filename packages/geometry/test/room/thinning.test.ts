import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { alphaShape } from "../../src/room/alphaShape.ts";
import { thinFloorPoints } from "../../src/room/thinning.ts";

const RADIUS = 0.2;

interface Rectangle {
  x: number;
  y: number;
  width: number;
  depth: number;
}

const length = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const rectangle = (span: number, min: number, max: number): fc.Arbitrary<Rectangle> =>
  fc.record({ x: length(0, span), y: length(0, span), width: length(min, max), depth: length(min, max) });

function contains(rectangle: Rectangle, x: number, y: number): boolean {
  return (
    x >= rectangle.x && x <= rectangle.x + rectangle.width && y >= rectangle.y && y <= rectangle.y + rectangle.depth
  );
}

/** Rooms that overlap, or do not, with pillars and bays cut out; turned; vertices at random, as thick as a scan's. */
const floor = fc
  .record({
    rooms: fc.array(rectangle(6, 1, 4), { minLength: 1, maxLength: 3 }),
    holes: fc.array(rectangle(8, 0.2, 1.5), { maxLength: 3 }),
    perSquareMetre: fc.integer({ min: 300, max: 1500 }),
    angle: length(0, 3),
    seed: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
  })
  .map(({ rooms, holes, perSquareMetre, angle, seed }) => {
    // Park and Miller's generator: fast-check's own arrays of 10^4 points would be slow to draw and to shrink.
    let state = seed;
    const random = () => {
      state = (state * 48271) % (2 ** 31 - 1);
      return state / (2 ** 31 - 1);
    };
    const positions: number[] = [];
    for (const room of rooms) {
      for (let count = room.width * room.depth * perSquareMetre; count > 0; count -= 1) {
        const x = room.x + random() * room.width;
        const y = room.y + random() * room.depth;
        if (holes.some((hole) => contains(hole, x, y))) continue;
        positions.push(x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle), random());
      }
    }
    return positions;
  });

function projected(positions: number[]): number[] {
  return positions.filter((_, index) => index % 3 !== 2);
}

type Side = "right" | "up" | "left" | "down";

/** A quarter of a cell by its column and row. */
type Quarter = readonly [number, number];

/**
 * The extreme vertices of every quarter of a cell, of quarters that discs may touch those on the discs' sides, as the
 * third step keeps them: nothing is left out by the others.
 */
function extremesOfAllQuarters(positions: number[], sidesOf: typeof sidesOfDiscs = sidesOfDiscs): number[] {
  const cell = RADIUS / 2;
  // By the same sum, or rounding puts the leftmost vertex into another quarter.
  const quarterOf = (along: number, least: number) => Math.floor((along - (least - 3 * cell)) * (2 / cell));
  const xs = Float64Array.from({ length: positions.length / 3 }, (_, vertex) => positions[3 * vertex]!);
  const ys = Float64Array.from({ length: positions.length / 3 }, (_, vertex) => positions[3 * vertex + 1]!);
  const [left, bottom] = [xs.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.min(a, b))];
  const quarters = new Map<string, { quarter: Quarter; best: Map<Side, { reach: number; vertex: number }> }>();
  for (let vertex = 0; vertex < xs.length; vertex += 1) {
    const [x, y] = [xs[vertex]!, ys[vertex]!];
    const quarter = [quarterOf(x, left), quarterOf(y, bottom)] as const;
    const found = quarters.get(quarter.join()) ?? { quarter, best: new Map() };
    quarters.set(quarter.join(), found);
    for (const [side, reach] of [
      ["right", x + 1e-3 * y],
      ["up", y - 1e-3 * x],
      ["left", -x - 1e-3 * y],
      ["down", 1e-3 * x - y],
    ] as const) {
      if (reach > (found.best.get(side)?.reach ?? -Infinity)) found.best.set(side, { reach, vertex });
    }
  }
  const isFree = freeTest([...quarters.values()].map(({ quarter }) => quarter));
  const kept = [...quarters.values()].flatMap(({ quarter, best }) =>
    sidesOf(quarter, isFree).map((side) => best.get(side)!.vertex),
  );
  return [...new Set(kept)].flatMap((vertex) => [xs[vertex]!, ys[vertex]!]);
}

/** Sides on which a disc without vertices may enter a quarter; all four where none may. */
function sidesOfDiscs([column, row]: Quarter, isFree: (column: number, row: number) => boolean): readonly Side[] {
  const sides = new Set<Side>();
  for (let y = -5; y <= 5; y += 1) {
    for (let x = -5; x <= 5; x += 1) {
      // In quarters, the radius is 4 of them: from the nearest point of one to that of the other.
      const nearest = Math.hypot(Math.max(0, Math.abs(x) - 1), Math.max(0, Math.abs(y) - 1));
      if (nearest >= 4 || !isFree(column + x, row + y)) continue;
      if (x !== 0) sides.add(x > 0 ? "right" : "left");
      if (y !== 0) sides.add(y > 0 ? "up" : "down");
    }
  }
  return sides.size > 0 ? [...sides] : ["right", "up", "left", "down"];
}

/** Whether a disc centred in a quarter may hold no vertex: no quarter with one lies within the radius as a whole. */
function freeTest(occupied: readonly Quarter[]): (column: number, row: number) => boolean {
  const covered = new Set<string>();
  for (const [column, row] of occupied) {
    for (let y = -4; y <= 4; y += 1) {
      for (let x = -4; x <= 4; x += 1) {
        if (Math.hypot(Math.abs(x) + 1, Math.abs(y) + 1) <= 4) covered.add(`${column + x},${row + y}`);
      }
    }
  }
  return (column, row) => !covered.has(`${column},${row}`);
}

describe("thinFloorPoints", () => {
  test("the vertices that belts and rims leave out change neither the area nor a point of the outline", () => {
    const points = (rings: [number, number][][]) => rings.map((ring) => ring.map(String).sort().join(" ")).sort();
    fc.assert(
      fc.property(floor, (positions) => {
        const all = alphaShape(extremesOfAllQuarters(positions), RADIUS);
        const thinned = alphaShape(thinFloorPoints(Float64Array.from(positions), RADIUS), RADIUS);
        expect(Math.abs(thinned.area - all.area)).toBeLessThan(1e-9);
        expect(points(thinned.rings)).toEqual(points(all.rings));
      }),
      { numRuns: 12 },
    );
  });

  test.each([
    { plan: "a bay 38 cm wide", isOut: (x: number, y: number) => x > 0.8 && x < 1.18 && y > 0.5 },
    { plan: "a bay 39.5 cm wide", isOut: (x: number, y: number) => x > 0.8 && x < 1.195 && y > 0.5 },
    { plan: "a corner of 52 cm cut out", isOut: (x: number, y: number) => x < 0.525 && y < 0.525 },
    { plan: "a U", isOut: (x: number, y: number) => x > 0.6 && x < 1.1 && y > 0.3 },
  ])(
    "discs that touch the corners of $plan at a slant leave the area as it is, whichever way it is turned",
    ({ isOut }) => {
      for (const [turned, step] of [0, 0.4, 1.1, 1.9, 2.8].flatMap((angle) =>
        [0.02, 0.03].map((each) => [angle, each]),
      )) {
        const positions: number[] = [];
        for (let column = 0; column * step! <= 2; column += 1) {
          for (let row = 0; row * step! <= 1.5; row += 1) {
            const [x, y] = [column * step!, row * step!];
            if (isOut(x, y)) continue;
            positions.push(
              x * Math.cos(turned!) - y * Math.sin(turned!),
              x * Math.sin(turned!) + y * Math.cos(turned!),
              0,
            );
          }
        }
        const thinned = alphaShape(thinFloorPoints(Float64Array.from(positions), RADIUS), RADIUS).area;
        const every = alphaShape(
          extremesOfAllQuarters(positions, () => ["right", "up", "left", "down"]),
          RADIUS,
        ).area;
        expect(Math.abs(thinned / every - 1)).toBeLessThan(1e-4);
      }
    },
  );

  test("changes the area by less than 0.1 % or 100 cm2, with pillars, bays and several parts", () => {
    fc.assert(
      fc.property(floor, (positions) => {
        const full = alphaShape(projected(positions), RADIUS).area;
        const thinned = alphaShape(thinFloorPoints(Float64Array.from(positions), RADIUS), RADIUS).area;
        expect(Math.abs(thinned - full)).toBeLessThan(Math.max(0.001 * full, 0.01));
      }),
      { numRuns: 40 },
    );
  });

  test("keeps vertices only, none twice, and few of a large floor", () => {
    const positions: number[] = [];
    for (let column = 0; column < 300; column += 1) {
      for (let row = 0; row < 300; row += 1) positions.push(column * 0.02, row * 0.02, (column * row) % 7);
    }
    const all = new Set<string>();
    for (let offset = 0; offset < positions.length; offset += 3)
      all.add(`${positions[offset]},${positions[offset + 1]}`);
    const thinned = thinFloorPoints(Float64Array.from(positions), RADIUS);
    const kept = new Set<string>();
    for (let offset = 0; offset < thinned.length; offset += 2) kept.add(`${thinned[offset]},${thinned[offset + 1]}`);
    expect(kept.size).toBe(thinned.length / 2);
    for (const point of kept) expect(all.has(point)).toBe(true);
    expect(kept.size).toBeLessThan(0.2 * all.size);
    expect(alphaShape(thinned, RADIUS).area).toBeCloseTo(5.98 * 5.98, 6);
  });

  test("keeps every vertex where they are sparse", () => {
    const sparse = Array.from({ length: 50 }, (_, index) => [
      (index % 10) * 0.15,
      Math.floor(index / 10) * 0.15,
      0,
    ]).flat();
    expect(thinFloorPoints(Float64Array.from(sparse), RADIUS)).toHaveLength(100);
  });

  test("handles no vertex, one, duplicates, and coordinates far from the origin", () => {
    expect(thinFloorPoints(Float64Array.from([]), RADIUS)).toHaveLength(0);
    expect([...thinFloorPoints(Float64Array.from([1e6, -1e6, 3]), RADIUS)]).toEqual([1e6, -1e6]);
    expect([...thinFloorPoints(Float64Array.from([5, 6, 0, 5, 6, 1, 5, 6, 2]), RADIUS)]).toEqual([5, 6]);
  });
});
