import { polygonHull } from "d3-polygon";

/** The eight directions of the octagon whose inside cannot hold a corner of the hull. */
const OCTAGON: readonly (readonly [number, number])[] = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
];

/**
 * The convex hull of vertices projected on the floor.
 *
 * @param positions x, y, z of each vertex in a row; metres.
 * @returns the hull's corners [x, y] in order around it; one point or two where the projection is a point or a line.
 */
export function floorHull(positions: ArrayLike<number>): [number, number][] {
  const candidates = outsideOctagon(positions);
  // Sorting is most of the work of a hull; polygonHull gives null for fewer than three points.
  return polygonHull(candidates) ?? candidates;
}

/**
 * The vertices that may be corners of the hull: those not strictly inside the polygon of the extreme vertices in eight
 * directions (Akl and Toussaint, "A fast convex hull algorithm", 1978). Few are left of thousands.
 */
function outsideOctagon(positions: ArrayLike<number>): [number, number][] {
  const corners = extremeVertices(positions);
  const outside: [number, number][] = [];
  for (let offset = 0; offset < positions.length; offset += 3) {
    const x = positions[offset];
    const y = positions[offset + 1];
    if (!isStrictlyInside(corners, x, y)) outside.push([x, y]);
  }
  return outside;
}

/** Distinct extreme vertices, counter-clockwise, x and y in a row. */
function extremeVertices(positions: ArrayLike<number>): number[] {
  const best = OCTAGON.map(() => -Infinity);
  const offsets = OCTAGON.map(() => 0);
  for (let offset = 0; offset < positions.length; offset += 3) {
    const x = positions[offset];
    const y = positions[offset + 1];
    for (let index = 0; index < 8; index++) {
      const reach = OCTAGON[index][0] * x + OCTAGON[index][1] * y;
      if (reach > best[index]) {
        best[index] = reach;
        offsets[index] = offset;
      }
    }
  }
  const corners: number[] = [];
  for (const offset of new Set(offsets)) corners.push(positions[offset], positions[offset + 1]);
  return corners;
}

function isStrictlyInside(corners: number[], x: number, y: number): boolean {
  if (corners.length < 6) return false;
  let fromX = corners[corners.length - 2];
  let fromY = corners[corners.length - 1];
  for (let index = 0; index < corners.length; index += 2) {
    const toX = corners[index];
    const toY = corners[index + 1];
    if ((toX - fromX) * (y - fromY) - (toY - fromY) * (x - fromX) <= 0) return false;
    fromX = toX;
    fromY = toY;
  }
  return true;
}
