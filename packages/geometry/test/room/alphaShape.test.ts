import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { alphaShape, boundaryRings } from "../../src/room/alphaShape.ts";
import { ringArea } from "../support/ringArea.ts";

type Point = [number, number];

function sumOfRings(rings: Point[][]): number {
  return rings.reduce((sum, ring) => sum + ringArea(ring), 0);
}

function circumcircle([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point) {
  const d = 2 * ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
  const b = (bx - ax) ** 2 + (by - ay) ** 2;
  const c = (cx - ax) ** 2 + (cy - ay) ** 2;
  const x = ((cy - ay) * b - (by - ay) * c) / d;
  const y = ((bx - ax) * c - (cx - ax) * b) / d;
  return { x: ax + x, y: ay + y, radius: Math.hypot(x, y), area: Math.abs(d) / 4 };
}

/**
 * The definition in full: all triples with an empty circumcircle; flood over edges from those with an edge of their
 * own.
 */
function areaByDefinition(points: Point[], radius: number): number {
  const triangles: { area: number; open: boolean; edges: string[] }[] = [];
  const owners = new Map<string, number[]>();
  for (let a = 0; a < points.length; a += 1) {
    for (let b = a + 1; b < points.length; b += 1) {
      for (let c = b + 1; c < points.length; c += 1) {
        const circle = circumcircle(points[a], points[b], points[c]);
        const isEmpty = points.every(
          ([x, y], p) => p === a || p === b || p === c || Math.hypot(x - circle.x, y - circle.y) > circle.radius,
        );
        if (!isEmpty) continue;
        const edges = [`${a},${b}`, `${b},${c}`, `${a},${c}`];
        for (const edge of edges) owners.set(edge, [...(owners.get(edge) ?? []), triangles.length]);
        triangles.push({ area: circle.area, open: circle.radius >= radius, edges });
      }
    }
  }
  const outside = new Set<number>();
  const visit = (index: number) => {
    if (outside.has(index) || !triangles[index].open) return;
    outside.add(index);
    for (const edge of triangles[index].edges) owners.get(edge)!.forEach(visit);
  };
  for (const owner of owners.values()) if (owner.length === 1) visit(owner[0]);
  return triangles.reduce((sum, triangle, index) => (outside.has(index) ? sum : sum + triangle.area), 0);
}

function grid(columns: number, rows: number, step: number, skip: (x: number, y: number) => boolean = () => false) {
  const points: Point[] = [];
  for (let column = 0; column <= columns; column += 1) {
    for (let row = 0; row <= rows; row += 1) {
      if (!skip(column * step, row * step)) points.push([column * step, row * step]);
    }
  }
  return points;
}

// A unit square of two triangles, clockwise with y up, that share the edge between points 0 and 2.
const SQUARE = [0, 0, 1, 0, 1, 1, 0, 1];

const TRIANGLES = Uint32Array.of(0, 2, 1, 0, 3, 2);

const HALFEDGES = Int32Array.of(5, -1, -1, -1, -1, 0);

/** The ring turned so that its smallest point comes first. */
function normalized(ring: [number, number][]): [number, number][] {
  const first = ring.indexOf([...ring].sort((a, b) => a[0] - b[0] || a[1] - b[1])[0]);
  return [...ring.slice(first), ...ring.slice(0, first)];
}

describe("alphaShape", () => {
  test("has the area of the definition worked out over all triples of random points", () => {
    const coordinate = fc.double({ min: 0, max: 1, noNaN: true });
    // On a coarse lattice four points often lie on one circle; a triple's circle is then not unique.
    const generic = fc
      .array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 18 })
      .map((points) =>
        points.map(
          ([x, y], index): Point => [x + Math.sin(index * 12.9898) * 1e-3, y + Math.sin(index * 78.233) * 1e-3],
        ),
      );
    fc.assert(
      fc.property(generic, fc.constantFrom(0.1, 0.2, 0.35), (points, radius) => {
        const shape = alphaShape(points.flat(), radius);
        expect(shape.area).toBeCloseTo(areaByDefinition(points, radius), 6);
      }),
    );
  });

  test("has counter-clockwise rings whose areas add up to it, on lattices and random points alike", () => {
    const coordinate = fc.oneof(
      fc.integer({ min: 0, max: 9 }).map((n) => n / 8),
      fc.double({ min: 0, max: 1.2, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { maxLength: 80 }), (points) => {
        const { area, rings } = alphaShape(points.flat(), 0.15);
        for (const ring of rings) {
          expect(ringArea(ring)).toBeGreaterThanOrEqual(0);
          expect(new Set(ring.map(String)).size).toBe(ring.length);
        }
        expect(sumOfRings(rings)).toBeCloseTo(area, 9);
      }),
      { numRuns: 300 },
    );
  });

  test("counts an enclosed hole, and not a bay that is open to the outside", () => {
    const inPillar = (x: number, y: number) => x > 0.95 && x < 2.05 && y > 0.95 && y < 2.05;
    const pillar = alphaShape(grid(30, 30, 0.1, inPillar).flat(), 0.2);
    expect(pillar.area).toBeCloseTo(9, 9);
    expect(pillar.rings).toHaveLength(1);
    const inBay = (x: number, y: number) => x > 0.95 && x < 2.05 && y > 0.95;
    const bay = alphaShape(grid(30, 30, 0.1, inBay).flat(), 0.2);
    expect(bay.area).toBeCloseTo(9 - 1.2 * 2.1, 1);
    expect(sumOfRings(bay.rings)).toBeCloseTo(bay.area, 9);
  });

  test("gives one ring each to two parts, also where they touch at one point", () => {
    const apart = [...grid(10, 10, 0.1), ...grid(10, 10, 0.1).map(([x, y]): Point => [x + 5, y])];
    expect(alphaShape(apart.flat(), 0.2).rings).toHaveLength(2);
    const bowTie = alphaShape([0, 0, -0.2, 0.1, -0.2, -0.1, 0.2, 0.1, 0.2, -0.1], 0.2);
    expect(bowTie.rings.map((ring) => ring.length)).toEqual([3, 3]);
    for (const ring of bowTie.rings) expect(ringArea(ring)).toBeCloseTo(0.02, 12);
    expect(bowTie.area).toBeCloseTo(0.04, 12);
  });

  test("has no area for nothing, one point, two, collinear or duplicated ones", () => {
    const nothing = { area: 0, rings: [] };
    expect(alphaShape([], 0.2)).toEqual(nothing);
    expect(alphaShape([1, 2], 0.2)).toEqual(nothing);
    expect(alphaShape([1, 2, 1.1, 2], 0.2)).toEqual(nothing);
    expect(alphaShape([0, 0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3], 0.2)).toEqual(nothing);
    expect(
      alphaShape(
        Array.from({ length: 40 }, () => 0.7),
        0.2,
      ),
    ).toEqual(nothing);
  });

  test("counts duplicated points once", () => {
    const points = grid(10, 10, 0.1);
    expect(alphaShape([...points, ...points].flat(), 0.2).area).toBeCloseTo(1, 9);
  });

  test("keeps its area a thousand kilometres from the origin", () => {
    const far = grid(10, 10, 0.125).map(([x, y]): Point => [x + 1e6, y - 1e6]);
    const { area, rings } = alphaShape(far.flat(), 0.2);
    expect(area).toBeCloseTo(1.25 * 1.25, 9);
    expect(sumOfRings(rings)).toBeCloseTo(area, 9);
  });
});

describe("boundaryRings", () => {
  test("leaves out the edge between two inside triangles and runs counter-clockwise", () => {
    const rings = boundaryRings(SQUARE, TRIANGLES, HALFEDGES, Uint8Array.of(0, 0));
    expect(rings.map(normalized)).toEqual([
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    ]);
  });

  test("follows the shared edge when one triangle is outside, and finds nothing when both are", () => {
    const rings = boundaryRings(SQUARE, TRIANGLES, HALFEDGES, Uint8Array.of(0, 1));
    expect(rings.map(normalized)).toEqual([
      [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    ]);
    expect(boundaryRings(SQUARE, TRIANGLES, HALFEDGES, Uint8Array.of(1, 1))).toEqual([]);
  });
});
