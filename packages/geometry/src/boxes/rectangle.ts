import { take } from "../scanMemory.ts";

/** 2^-1022, the smallest number with all its digits: a shorter edge divided by its length is no unit vector. */
const SHORTEST_EDGE = 2 ** -1022;

/** A rectangle on the floor; metres. */
interface Rectangle {
  center: [number, number];
  length: number;
  width: number;
  /** Unit vector along the length, either way. */
  along: [number, number];
}

/**
 * The rectangle of smallest area around a convex hull: of equal ones, that along the first of the hull's edges. Tries each
 * edge without an object for it: a scan's objects have some thousand edges.
 *
 * @param hull its corners in order, at least one.
 */
export function smallestRectangle(hull: readonly [number, number][]): Rectangle {
  const corners = cornersInRow(hull);
  let previousX = corners[0];
  let previousY = corners[1];
  let [bestX, bestY] = [1, 0];
  let bestArea = Infinity;
  for (let next = 1; next <= hull.length; next += 1) {
    const offset = next < hull.length ? 2 * next : 0;
    const x = corners[offset];
    const y = corners[offset + 1];
    const edgeLength = Math.hypot(x - previousX, y - previousY);
    const directionX = (x - previousX) / edgeLength;
    const directionY = (y - previousY) / edgeLength;
    previousX = x;
    previousY = y;
    if (edgeLength < SHORTEST_EDGE) continue;
    measureAlong(corners, directionX, directionY, reach);
    const area = (reach[1] - reach[0]) * (reach[3] - reach[2]);
    if (area < bestArea) {
      bestX = directionX;
      bestY = directionY;
      bestArea = area;
    }
  }
  return rectangleAlong(corners, bestX, bestY);
}

/** x and y of each corner: `flat` took as long as trying all edges. */
function cornersInRow(hull: readonly [number, number][]): Float64Array {
  const corners = take(Float64Array, 2 * hull.length);
  for (let index = 0; index < hull.length; index += 1) {
    const corner = hull[index];
    corners[2 * index] = corner[0];
    corners[2 * index + 1] = corner[1];
  }
  return corners;
}

/**
 * How far a hull reaches along a direction, and across it to the left, from its first corner: the least and the most of
 * each. Written anew each time.
 */
const reach = new Float64Array(4);

function measureAlong(corners: Float64Array, directionX: number, directionY: number, measured: Float64Array): void {
  // Relative to a corner: far from the origin, products of coordinates would lose the millimetres.
  const originX = corners[0];
  const originY = corners[1];
  let minU = 0;
  let maxU = 0;
  let minV = 0;
  let maxV = 0;
  for (let offset = 2; offset < corners.length; offset += 2) {
    const x = corners[offset] - originX;
    const y = corners[offset + 1] - originY;
    const u = x * directionX + y * directionY;
    const v = y * directionX - x * directionY;
    if (u < minU) minU = u;
    if (u > maxU) maxU = u;
    if (v < minV) minV = v;
    if (v > maxV) maxV = v;
  }
  measured[0] = minU;
  measured[1] = maxU;
  measured[2] = minV;
  measured[3] = maxV;
}

/** The rectangle around the hull with a side along the unit vector (directionX, directionY). */
function rectangleAlong(corners: Float64Array, directionX: number, directionY: number): Rectangle {
  measureAlong(corners, directionX, directionY, reach);
  const [minU, maxU, minV, maxV] = reach;
  const middleU = (minU + maxU) / 2;
  const middleV = (minV + maxV) / 2;
  const alongIsLonger = maxU - minU >= maxV - minV;
  return {
    center: [
      corners[0] + middleU * directionX - middleV * directionY,
      corners[1] + middleU * directionY + middleV * directionX,
    ],
    length: alongIsLonger ? maxU - minU : maxV - minV,
    width: alongIsLonger ? maxV - minV : maxU - minU,
    along: alongIsLonger ? [directionX, directionY] : [-directionY, directionX],
  };
}
