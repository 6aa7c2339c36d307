import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { alphaShape } from "../../src/room/alphaShape.ts";
import { OUTLINE_AREA_TOLERANCE, simplifyOutline } from "../../src/room/simplify.ts";
import { ringArea } from "../support/ringArea.ts";

type Ring = [number, number][];

const roomOf = (outline: Ring[], area_m2: number) => ({
  area_m2,
  center: [0, 0, 0] as [number, number, number],
  outline,
  walkable: null,
});

/** A floor of w by h metres with a point every 5 cm, each moved by up to 1 cm. */
const floors = fc
  .record({ w: fc.integer({ min: 4, max: 40 }), h: fc.integer({ min: 4, max: 40 }), seed: fc.nat() })
  .map(({ w, h, seed }) => {
    let state = seed;
    const jitter = () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return (state / 2 ** 31 - 0.5) * 0.02;
    };
    const points: number[] = [];
    // An L: a quarter of the floor is missing.
    for (let x = 0; x <= w; x += 1) {
      for (let y = 0; y <= h; y += 1) if (x < w / 2 || y < h / 2) points.push(x / 20 + jitter(), y / 20 + jitter());
    }
    return alphaShape(points, 0.2);
  });

/** Whether two sides of any rings cross. */
function cross(rings: Ring[]): boolean {
  const sides = rings.flatMap((ring) => ring.map((point, place) => [point, ring[(place + 1) % ring.length]!] as const));
  const turn = (a: number[], b: number[], c: number[]) =>
    Math.sign((b[0]! - a[0]!) * (c[1]! - a[1]!) - (c[0]! - a[0]!) * (b[1]! - a[1]!));
  return sides.some(([a, b], one) =>
    sides.slice(one + 1).some(([c, d]) => turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0),
  );
}

/** The same by the words of its doc comment: every triangle is held against every point. */
function simplifyPlainly(rings: Ring[], area_m2: number): Ring[] {
  const limit = area_m2 * OUTLINE_AREA_TOLERANCE;
  const left = new Set(rings.flat());
  let simple = rings.map((ring) => [...ring]);
  let change = 0;
  const turn = (a: number[], b: number[], c: number[]) =>
    ((b[0]! - a[0]!) * (c[1]! - a[1]!) - (c[0]! - a[0]!) * (b[1]! - a[1]!)) / 2;
  const isFree = (...corners: Ring) =>
    [...left].every((point) => {
      const isCorner = corners.some((corner, place) => corner === point || (place !== 1 && `${corner}` === `${point}`));
      const isBeside = [0, 1].some(
        (axis) =>
          point[axis]! < Math.min(...corners.map((corner) => corner[axis]!)) ||
          point[axis]! > Math.max(...corners.map((corner) => corner[axis]!)),
      );
      const sides = corners.map((corner, place) => turn(corner, corners[(place + 1) % 3]!, point));
      return isCorner || isBeside || !(sides.every((side) => side >= 0) || sides.every((side) => side <= 0));
    });
  for (const triangle of [1e-5, 3e-5, 1e-4, 3e-4, 1e-3]) {
    for (let pass = 0; pass < 12; pass += 1) {
      const before = simple.flat().length;
      simple = simple.map((ring) => {
        const kept: Ring = [];
        let remaining = ring.length;
        let mayGo = false;
        for (const [place, point] of ring.entries()) {
          const corners: Ring = [kept.at(-1) ?? ring.at(-1)!, point, ring[(place + 1) % ring.length]!];
          const cut = turn(corners[0]!, corners[1]!, corners[2]!);
          const isSmall = Math.abs(cut) <= triangle && Math.abs(change - cut) <= limit;
          if (mayGo && remaining > 3 && isSmall && isFree(...corners)) {
            change -= cut;
            left.delete(point);
            remaining -= 1;
            mayGo = false;
            continue;
          }
          mayGo = true;
          kept.push(point);
        }
        return [...kept.slice(1), ...kept.slice(0, 1)];
      });
      if (simple.flat().length === before) break;
    }
  }
  return simple;
}

describe("simplifyOutline", () => {
  test("a grid of points, in place: the same as the plain definition, for several rings too", () => {
    fc.assert(
      fc.property(floors, fc.boolean(), ({ area, rings }, isDoubled) => {
        // The second floor stands off the first, or beside it wall to wall.
        const beside = rings.map((ring) => ring.map(([x, y]): [number, number] => [x + rings.length, y]));
        const all = isDoubled ? [...rings, ...beside] : rings;
        const { outline } = simplifyOutline(roomOf(all, area));
        expect(outline).toEqual(simplifyPlainly(all, area));
      }),
      { numRuns: 40 },
    );
  });

  test("the area stays within the tolerance, no side crosses another, every point was one of the outline's", () => {
    let [before, after] = [0, 0];
    fc.assert(
      fc.property(floors, ({ area, rings }) => {
        const { outline } = simplifyOutline(roomOf(rings, area));
        const simple = outline as Ring[];
        expect(simple).toHaveLength(rings.length);
        const enclosed = simple.reduce((sum, ring) => sum + ringArea(ring), 0);
        expect(Math.abs(enclosed - area)).toBeLessThanOrEqual(area * OUTLINE_AREA_TOLERANCE + 1e-9);
        for (const ring of simple) expect(ring.length).toBeGreaterThanOrEqual(3);
        expect(cross(simple)).toBe(false);
        const known = new Set(rings.flat().map(String));
        expect(simple.flat().every((point) => known.has(String(point)))).toBe(true);
        before += rings.flat().length;
        after += simple.flat().length;
      }),
      { numRuns: 60 },
    );
    // Straight walls with a centimetre of noise.
    expect(after).toBeLessThan(before / 2);
  });

  test("a square of four points keeps them, three touching rings go on touching, no outline stays none", () => {
    const square: Ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    expect(simplifyOutline(roomOf([square], 1)).outline?.[0]).toHaveLength(4);
    const dense: Ring = [
      [0, 0],
      [0.5, 0],
      [1, 0],
      [1, 0.5],
      [1, 1],
      [0.5, 1],
      [0, 1],
      [0, 0.5],
    ];
    const touching = dense.map(([x, y]): [number, number] => [x + 1, y + 1]);
    const { outline } = simplifyOutline(roomOf([dense, touching], 2));
    expect(outline?.map((ring) => ring.length)).toEqual([4, 4]);
    for (const ring of outline ?? []) expect(ring.map(String)).toContain("1,1");
    expect(simplifyOutline({ ...roomOf([], 0), outline: null }).outline).toBeNull();
  });
});
