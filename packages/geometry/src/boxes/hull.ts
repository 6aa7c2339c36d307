import { take } from "../scanMemory.ts";

/** A corner of the hull: x and y. */
type Corner = [number, number];

/**
 * The convex hull of vertices projected on the floor, by the quickhull algorithm (Barber, Dobkin and Huhdanpaa, "The
 * quickhull algorithm for convex hulls", 1996). It drops inner vertices without ordering them: over the objects of a
 * sample room of 150,000 vertices, a hull by sorting, behind a filter, took five times as long. Doubles alone: loops
 * that have met two kinds of list run at half the speed for either.
 *
 * @param positions x, y, z of each vertex in a row; metres; finite.
 * @returns the hull's corners [x, y], clockwise from the last in order of x, then y; one corner or two where the
 * projection is a point or a line; none for no vertex.
 */
export function floorHull(positions: Float64Array): Corner[] {
  if (positions.length === 0) return [];
  const { first, last } = firstAndLast(positions);
  if (first[0] === last[0] && first[1] === last[1]) return [first];
  const { points, aboveEnd, belowStart } = splitAtLine(positions, first, last);
  const hull: Corner[] = [last];
  addCornersBetween(points, belowStart, points.length, last, first, hull);
  hull.push(first);
  addCornersBetween(points, 0, aboveEnd, first, last, hull);
  return hull;
}

/** The first and the last vertex in order of x, then y: corners of the hull. */
function firstAndLast(positions: Float64Array): { first: Corner; last: Corner } {
  let firstX = positions[0];
  let firstY = positions[1];
  let lastX = firstX;
  let lastY = firstY;
  for (let offset = 3; offset < positions.length; offset += 3) {
    const x = positions[offset];
    const y = positions[offset + 1];
    if (x < firstX || (x === firstX && y < firstY)) {
      firstX = x;
      firstY = y;
    }
    if (x > lastX || (x === lastX && y > lastY)) {
      lastX = x;
      lastY = y;
    }
  }
  return { first: [firstX, firstY], last: [lastX, lastY] };
}

/** x and y in a row of the vertices above the line, up to aboveEnd, and of those below it, from belowStart on. */
function splitAtLine(positions: Float64Array, [fromX, fromY]: Corner, [toX, toY]: Corner) {
  const points = take(Float64Array, 2 * Math.floor(positions.length / 3));
  const alongX = toX - fromX;
  const alongY = toY - fromY;
  let aboveEnd = 0;
  let belowStart = points.length;
  for (let offset = 0; offset < positions.length; offset += 3) {
    const x = positions[offset];
    const y = positions[offset + 1];
    const side = alongX * (y - fromY) - alongY * (x - fromX);
    if (side > 0) {
      points[aboveEnd++] = x;
      points[aboveEnd++] = y;
    } else if (side < 0) {
      points[--belowStart] = y;
      points[--belowStart] = x;
    }
  }
  return { points, aboveEnd, belowStart };
}

/**
 * Adds the corners strictly between two corners, in order, given all points to the left of the line from one to the
 * other; moves these points about. Each call drops the farthest point, so that the recursion ends; it is deep only
 * where the points halve a distance over and over, which rounding soon stops.
 */
function addCornersBetween(
  points: Float64Array,
  start: number,
  end: number,
  from: Corner,
  to: Corner,
  hull: Corner[],
): void {
  if (start === end) return;
  const farthest = farthestFrom(points, start, end, from, to);
  const [fromX, fromY] = from;
  const [toX, toY] = to;
  const [farX, farY] = farthest;
  let beforeEnd = start;
  let behindStart = end;
  let offset = start;
  while (offset < behindStart) {
    const x = points[offset];
    const y = points[offset + 1];
    if ((farX - fromX) * (y - fromY) - (farY - fromY) * (x - fromX) > 0) {
      points[beforeEnd++] = x;
      points[beforeEnd++] = y;
      offset += 2;
    } else if ((toX - farX) * (y - farY) - (toY - farY) * (x - farX) > 0) {
      behindStart -= 2;
      points[offset] = points[behindStart];
      points[offset + 1] = points[behindStart + 1];
      points[behindStart] = x;
      points[behindStart + 1] = y;
    } else {
      offset += 2;
    }
  }
  addCornersBetween(points, start, beforeEnd, from, farthest, hull);
  hull.push(farthest);
  addCornersBetween(points, behindStart, end, farthest, to, hull);
}

/** The point farthest from the line; of several the last along it, since one between two others is no corner. */
function farthestFrom(
  points: Float64Array,
  start: number,
  end: number,
  [fromX, fromY]: Corner,
  [toX, toY]: Corner,
): Corner {
  const alongX = toX - fromX;
  const alongY = toY - fromY;
  let best = start;
  let bestDistance = -Infinity;
  let bestAlong = -Infinity;
  for (let offset = start; offset < end; offset += 2) {
    const x = points[offset] - fromX;
    const y = points[offset + 1] - fromY;
    const distance = alongX * y - alongY * x;
    if (distance < bestDistance) continue;
    const along = alongX * x + alongY * y;
    if (distance === bestDistance && along <= bestAlong) continue;
    best = offset;
    bestDistance = distance;
    bestAlong = along;
  }
  return [points[best], points[best + 1]];
}
