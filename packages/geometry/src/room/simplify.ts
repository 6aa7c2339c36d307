import type { Room } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";

/**
 * 0.1 %: how far the area inside a scene file's outline may be from the room's area. The rings of an alpha shape have a
 * point every two or three centimetres and were most of a file's bytes; of a 20 m2 room a thousandth is a strip of 2 cm
 * by 1 m, less than the mesh's own noise along the walls.
 */
export const OUTLINE_AREA_TOLERANCE = 0.001;

/** Square metres that a single point's removal may cut off or add: from hardly any to 2 cm over 10 cm. */
const TRIANGLES = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3] as const;

/** Of a threshold: more find little. */
const MOST_PASSES = 12;

type Point = [number, number];

/**
 * A room with fewer points in its outline: those go whose triangle with their neighbours is smallest (Visvalingam and
 * Whyatt, "Line generalisation by repeated elimination of points", 1993), as long as what was cut off and what was
 * added stay within OUTLINE_AREA_TOLERANCE of each other, and no ring comes to cross itself or another.
 */
export function simplifyOutline(room: Room): Room {
  if (room.outline === null) return room;
  const points = room.outline.flat();
  const rings: number[][] = [];
  for (const ring of room.outline) {
    const before = rings.reduce((sum, known) => sum + known.length, 0);
    rings.push(ring.map((_, place) => before + place));
  }
  const isEmpty = emptyTriangles(points, rings);
  const limit = room.area_m2 * OUTLINE_AREA_TOLERANCE;
  let change = 0;
  for (const triangle of TRIANGLES) {
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      let removed = 0;
      for (const [place, ring] of rings.entries()) {
        const kept = withoutSmallTriangles(ring, points, (cut, corners) => {
          if (Math.abs(cut) > triangle || Math.abs(change - cut) > limit || !isEmpty.test(corners)) return false;
          change -= cut;
          isEmpty.remove(corners[1]);
          return true;
        });
        removed += ring.length - kept.length;
        rings[place] = kept;
      }
      if (removed === 0) break;
    }
  }
  return { ...room, outline: rings.map((ring) => ring.map((index) => at(points, index))) };
}

type Corners = readonly [before: number, point: number, after: number];

/**
 * One walk around a ring. Of two neighbours at most one goes, so that the triangles of a walk do not overlap.
 *
 * @param remove asked with the area that goes with a point (below 0 where some is added); whether the point goes.
 */
function withoutSmallTriangles(
  ring: readonly number[],
  points: readonly Point[],
  remove: (cut: number, corners: Corners) => boolean,
): number[] {
  const kept: number[] = [];
  let left = ring.length;
  let isAfterRemoved = false;
  for (const [place, point] of ring.entries()) {
    const before = kept.at(-1) ?? at(ring, ring.length - 1);
    const after = at(ring, (place + 1) % ring.length);
    const isFixed = isAfterRemoved || left <= 3 || place === 0;
    if (
      !isFixed &&
      remove(triangleArea(at(points, before), at(points, point), at(points, after)), [before, point, after])
    ) {
      isAfterRemoved = true;
      left -= 1;
      continue;
    }
    isAfterRemoved = false;
    kept.push(point);
  }
  // Another point is the fixed first one next time.
  return [...kept.slice(1), ...kept.slice(0, 1)];
}

/** Above 0 for a counter-clockwise corner, which sticks out of its ring. */
function triangleArea(a: Point, b: Point, c: Point): number {
  return ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
}

/** Tells whether triangles hold other points of the rings; by their x, for there are thousands of them. */
function emptyTriangles(points: readonly Point[], rings: readonly (readonly number[])[]) {
  const order = rings.flat().sort((one, other) => at(points, one)[0] - at(points, other)[0]);
  const sorted = Float64Array.from(order, (index) => at(points, index)[0]);
  const isGone = new Uint8Array(points.length);
  return {
    remove: (index: number): void => {
      isGone[index] = 1;
    },
    test: (corners: Corners): boolean => {
      const [a, b, c] = corners.map((index) => at(points, index)) as [Point, Point, Point];
      const last = Math.max(a[0], b[0], c[0]);
      for (let place = firstFrom(sorted, Math.min(a[0], b[0], c[0])); place < order.length; place += 1) {
        if (at(sorted, place) > last) break;
        const index = at(order, place);
        if (isGone[index] === 1 || corners.includes(index)) continue;
        const point = at(points, index);
        // Where two rings touch, they go on touching there.
        if (isSame(point, a) || isSame(point, c)) continue;
        if (isInside(point, a, b, c)) return false;
      }
      return true;
    },
  };
}

/** Where the first number that is not below `least` stands. */
function firstFrom(sorted: Float64Array, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(sorted, middle) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isSame(one: Point, other: Point): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

/** Sides included, whichever way the triangle turns. */
function isInside(point: Point, a: Point, b: Point, c: Point): boolean {
  // A flat triangle's line goes on past its corners.
  if (point[1] < Math.min(a[1], b[1], c[1]) || point[1] > Math.max(a[1], b[1], c[1])) return false;
  const sides = [triangleArea(a, b, point), triangleArea(b, c, point), triangleArea(c, a, point)];
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0);
}
