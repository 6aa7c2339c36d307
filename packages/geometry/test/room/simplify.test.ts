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

describe("simplifyOutline", () => {
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
