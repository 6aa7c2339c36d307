import type { Room } from "@vsi/dataset";
import { take } from "../scanMemory.ts";

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
  const outline = outlineOf(points);
  let end = 0;
  const rings = room.outline.map(({ length }) => {
    end += length;
    return Int32Array.from({ length }, (_, place) => end - length + place);
  });
  const limit = room.area_m2 * OUTLINE_AREA_TOLERANCE;
  for (const triangle of TRIANGLES) {
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      let removed = 0;
      for (const [place, ring] of rings.entries()) {
        const length = removeSmallTriangles(ring, outline, triangle, limit);
        removed += ring.length - length;
        rings[place] = ring.subarray(0, length);
      }
      if (removed === 0) break;
    }
  }
  return { ...room, outline: rings.map((ring) => Array.from(ring, (index) => points[index] as Point)) };
}

/** The points of all rings, which their indices name. */
interface Outline {
  xs: Float64Array;
  ys: Float64Array;
  isGone: Uint8Array;
  /** Where the points are: a few thousand pairs of points and triangles would otherwise be millions. */
  grid: PointGrid;
  /** Square metres that went with the points that are gone; below 0 where some were added. */
  change: number;
}

/** The points by square cells of a grid around all of them. */
interface PointGrid {
  minX: number;
  minY: number;
  cellsPerMetre: number;
  /** Points of cell `row * CELLS_ALONG + column`: order[starts[cell]] up to order[starts[cell + 1]]. */
  starts: Int32Array;
  order: Int32Array;
}

/** Of a room 8 m long a cell is 12 cm, as wide as four points of an outline. */
const CELLS_ALONG = 64;

function outlineOf(points: readonly Point[]): Outline {
  const xs = take(Float64Array, points.length);
  const ys = take(Float64Array, points.length);
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < points.length; index += 1) {
    const [x, y] = points[index] as Point;
    xs[index] = x;
    ys[index] = y;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  // Below CELLS_ALONG: the farthest point still has a cell.
  const cellsPerMetre = (CELLS_ALONG - 0.5) / (Math.max(maxX - minX, maxY - minY) || 1);
  const starts = take(Int32Array, CELLS_ALONG ** 2 + 1).fill(0);
  const cells = take(Int32Array, points.length);
  for (let index = 0; index < cells.length; index += 1) {
    const row = ((ys[index] - minY) * cellsPerMetre) | 0;
    const cell = row * CELLS_ALONG + (((xs[index] - minX) * cellsPerMetre) | 0);
    cells[index] = cell;
    starts[cell] += 1;
  }
  for (let cell = 1; cell < starts.length; cell += 1) starts[cell] += starts[cell - 1];
  const order = take(Int32Array, points.length);
  for (let index = 0; index < cells.length; index += 1) {
    starts[cells[index]] -= 1;
    order[starts[cells[index]]] = index;
  }
  const isGone = take(Uint8Array, points.length).fill(0);
  return { xs, ys, isGone, grid: { minX, minY, cellsPerMetre, starts, order }, change: 0 };
}

/**
 * One walk around a ring, in place. Of two neighbours at most one goes, so that the triangles of a walk do not overlap.
 * The first point stays, and is the last one next time.
 *
 * @param triangle square metres that a point may cut off or add.
 * @param limit of the outline's change.
 * @returns how many points are left.
 */
function removeSmallTriangles(ring: Int32Array, outline: Outline, triangle: number, limit: number): number {
  const first = ring[0];
  let before = first;
  let left = ring.length;
  let end = 0;
  let isAfterRemoved = false;
  for (let place = 1; place < ring.length; place += 1) {
    const point = ring[place];
    const after = place + 1 < ring.length ? ring[place + 1] : first;
    if (!isAfterRemoved && left > 3) {
      const cut = triangleArea(outline, before, point, after);
      const isSmall = Math.abs(cut) <= triangle && Math.abs(outline.change - cut) <= limit;
      if (isSmall && isEmpty(outline, before, point, after)) {
        outline.change -= cut;
        outline.isGone[point] = 1;
        left -= 1;
        isAfterRemoved = true;
        continue;
      }
    }
    isAfterRemoved = false;
    ring[end++] = point;
    before = point;
  }
  ring[end++] = first;
  return end;
}

/** Above 0 for a counter-clockwise corner, which sticks out of its ring. */
function triangleArea({ xs, ys }: Outline, a: number, b: number, c: number): number {
  return ((xs[b] - xs[a]) * (ys[c] - ys[a]) - (xs[c] - xs[a]) * (ys[b] - ys[a])) / 2;
}

/** Whether a triangle holds no other point that is left; its sides belong to it. */
function isEmpty(outline: Outline, a: number, b: number, c: number): boolean {
  const { xs, ys, isGone, grid } = outline;
  const { minX, minY, cellsPerMetre, starts, order } = grid;
  const left = Math.min(xs[a], xs[b], xs[c]);
  const right = Math.max(xs[a], xs[b], xs[c]);
  const bottom = Math.min(ys[a], ys[b], ys[c]);
  const top = Math.max(ys[a], ys[b], ys[c]);
  const firstColumn = ((left - minX) * cellsPerMetre) | 0;
  const lastColumn = ((right - minX) * cellsPerMetre) | 0;
  const lastRow = ((top - minY) * cellsPerMetre) | 0;
  for (let row = ((bottom - minY) * cellsPerMetre) | 0; row <= lastRow; row += 1) {
    const end = starts[row * CELLS_ALONG + lastColumn + 1];
    for (let place = starts[row * CELLS_ALONG + firstColumn]; place < end; place += 1) {
      const index = order[place];
      if (isGone[index] === 1 || index === a || index === b || index === c) continue;
      const x = xs[index];
      const y = ys[index];
      // A flat triangle's line goes on past its corners.
      if (x < left || x > right || y < bottom || y > top) continue;
      // Where two rings touch, they go on touching there.
      if ((x === xs[a] && y === ys[a]) || (x === xs[c] && y === ys[c])) continue;
      const first = triangleArea(outline, a, b, index);
      const second = triangleArea(outline, b, c, index);
      const third = triangleArea(outline, c, a, index);
      // Whichever way the triangle turns.
      if (first >= 0 && second >= 0 && third >= 0) return false;
      if (first <= 0 && second <= 0 && third <= 0) return false;
    }
  }
  return true;
}
