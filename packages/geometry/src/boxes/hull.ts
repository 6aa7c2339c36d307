import type { AxisAlignedBox } from "@vsi/dataset";
import { take } from "../scanMemory.ts";

/** A corner of the hull: x and y. */
type Corner = [number, number];

/** Strips of equal width across x, in which the outermost vertices are looked for. */
const STRIPS = 32;

/** One vertex in so many is enough to find what surely lies inside. */
const SAMPLED = 4;

/** Smaller objects are not worth it. */
const LEAST_VERTICES = 128;

/** Of the vertices' coordinates: far more than rounding moves a corner, and far less than a vertex's place is known to. */
const MARGIN = 1e-9;

/**
 * The convex hull of vertices projected on the floor, by the quickhull algorithm (Barber, Dobkin and Huhdanpaa, "The
 * quickhull algorithm for convex hulls", 1996). It drops inner vertices without ordering them: over the objects of a
 * sample room of 150,000 vertices, a hull by sorting, behind a filter, took five times as long.
 *
 * @param positions x, y, z of each vertex in a row; metres; finite.
 * @param bounds the vertices' axis-aligned box, where it is known: most vertices are then seen to lie inside at one look.
 * @returns the hull's corners [x, y], clockwise from the last in order of x, then y; one corner or two where the
 * projection is a point or a line; none for no vertex.
 */
export function floorHull(positions: Float64Array, bounds?: AxisAlignedBox): Corner[] {
  if (positions.length === 0) return [];
  const points = take(Float64Array, 2 * Math.floor(positions.length / 3));
  const end = gatherOuterPoints(positions, bounds, points);
  findEnds(points, end, ends);
  const [firstX, firstY, lastX, lastY] = ends;
  const first: Corner = [firstX, firstY];
  const last: Corner = [lastX, lastY];
  if (firstX === lastX && firstY === lastY) return [first];
  const alongX = lastX - firstX;
  const alongY = lastY - firstY;
  const aboveEnd = moveLeftToFront(points, 0, end, firstX, firstY, alongX, alongY);
  const belowEnd = moveLeftToFront(points, aboveEnd, end, firstX, firstY, -alongX, -alongY);
  const hull: Corner[] = [last];
  addCornersBetween(points, aboveEnd, belowEnd, last, first, hull);
  hull.push(first);
  addCornersBetween(points, 0, aboveEnd, first, last, hull);
  return hull;
}

/**
 * Copies x and y of the vertices that do not surely lie inside the hull. What lies between the lower and the upper hull
 * of some vertices does: within a strip, that is what lies above the one and below the other at both of its borders.
 *
 * @returns where the copied points end.
 */
function gatherOuterPoints(positions: Float64Array, bounds: AxisAlignedBox | undefined, points: Float64Array): number {
  if (bounds === undefined || points.length < 2 * LEAST_VERTICES) {
    // All in the first strip, which keeps what it has.
    return copyOuterPoints(positions, 0, 0, points);
  }
  const { min, max } = bounds;
  // A little less, so that the last vertex is in the last strip. Infinite where all have one x: all in the first strip.
  const stripsPerMetre = (STRIPS - MARGIN) / (max[0] - min[0]);
  sampleStrips(positions, min[0], stripsPerMetre);
  const margin = MARGIN * (Math.abs(min[1]) + Math.abs(max[1]));
  limitStrips(lowest, 1, margin, insideAbove);
  limitStrips(highest, -1, margin, insideBelow);
  return copyOuterPoints(positions, min[0], stripsPerMetre, points);
}

/** Of the lowest sampled vertex of each strip: x, in strips, and y. What follows is written anew for each object. */
const lowest = new Float64Array(2 * STRIPS);
const highest = new Float64Array(2 * STRIPS);
/** The y above which a vertex of each strip is above the lower hull. Infinite at both ends, which keep what they have. */
const insideAbove = new Float64Array(STRIPS).fill(Infinity);
const insideBelow = new Float64Array(STRIPS).fill(-Infinity);
/** Corners of the lower or the upper hull: x, in strips, and y. */
const chain = new Float64Array(2 * STRIPS);
/** x and y of the first and of the last point. */
const ends = new Float64Array(4);

function sampleStrips(positions: Float64Array, minX: number, stripsPerMetre: number): void {
  for (let place = 1; place < lowest.length; place += 2) {
    lowest[place] = Infinity;
    highest[place] = -Infinity;
  }
  for (let offset = 0; offset < positions.length; offset += 3 * SAMPLED) {
    const x = (positions[offset] - minX) * stripsPerMetre;
    const y = positions[offset + 1];
    const place = 2 * (x | 0);
    if (y < lowest[place + 1]) {
      lowest[place] = x;
      lowest[place + 1] = y;
    }
    if (y > highest[place + 1]) {
      highest[place] = x;
      highest[place + 1] = y;
    }
  }
}

/**
 * Finds from which y on a vertex of each strip is inside.
 *
 * @param sign 1 for the lower hull; -1 for the upper one, which is the lower one upside down.
 */
function limitStrips(outermost: Float64Array, sign: number, margin: number, limits: Float64Array): void {
  const end = lowerHull(outermost, sign);
  let piece = 0;
  let before = Infinity;
  for (let border = 1; border < STRIPS; border += 1) {
    let height = Infinity;
    if (chain[0] < border && border < chain[end - 2]) {
      while (chain[piece + 2] < border) piece += 2;
      const share = (border - chain[piece]) / (chain[piece + 2] - chain[piece]);
      height = chain[piece + 1] + share * (chain[piece + 3] - chain[piece + 1]);
    }
    // The hull is convex: within the strip it is nowhere higher than at both borders.
    if (border > 1) limits[border - 1] = sign * (Math.max(before, height) + margin);
    before = height;
  }
}

/** Andrew's monotone chain, over the outermost point of each strip. @returns where it ends. */
function lowerHull(outermost: Float64Array, sign: number): number {
  let end = 0;
  for (let place = 0; place < outermost.length; place += 2) {
    const x = outermost[place];
    const y = sign * outermost[place + 1];
    // No vertex was sampled here.
    if (y === Infinity) continue;
    while (end >= 4) {
      const alongX = chain[end - 2] - chain[end - 4];
      const alongY = chain[end - 1] - chain[end - 3];
      if (alongX * (y - chain[end - 3]) - alongY * (x - chain[end - 4]) > 0) break;
      end -= 2;
    }
    chain[end] = x;
    chain[end + 1] = y;
    end += 2;
  }
  return end;
}

function copyOuterPoints(positions: Float64Array, minX: number, stripsPerMetre: number, points: Float64Array): number {
  let end = 0;
  for (let offset = 0; offset < positions.length; offset += 3) {
    const x = positions[offset];
    const y = positions[offset + 1];
    const strip = ((x - minX) * stripsPerMetre) | 0;
    if (y > insideAbove[strip] && y < insideBelow[strip]) continue;
    points[end] = x;
    points[end + 1] = y;
    end += 2;
  }
  return end;
}

/** Finds the first and the last point in order of x, then y: corners of the hull. */
function findEnds(points: Float64Array, end: number, found: Float64Array): void {
  let firstX = points[0];
  let firstY = points[1];
  let lastX = firstX;
  let lastY = firstY;
  for (let offset = 2; offset < end; offset += 2) {
    const x = points[offset];
    const y = points[offset + 1];
    if (x < firstX || (x === firstX && y < firstY)) {
      firstX = x;
      firstY = y;
    }
    if (x > lastX || (x === lastX && y > lastY)) {
      lastX = x;
      lastY = y;
    }
  }
  found[0] = firstX;
  found[1] = firstY;
  found[2] = lastX;
  found[3] = lastY;
}

/** Moves the points to the left of a line, given by a point and a direction, before the others. @returns where they end. */
function moveLeftToFront(
  points: Float64Array,
  start: number,
  end: number,
  fromX: number,
  fromY: number,
  alongX: number,
  alongY: number,
): number {
  let leftEnd = start;
  for (let offset = start; offset < end; offset += 2) {
    const x = points[offset];
    const y = points[offset + 1];
    if (alongX * (y - fromY) - alongY * (x - fromX) <= 0) continue;
    points[offset] = points[leftEnd];
    points[offset + 1] = points[leftEnd + 1];
    points[leftEnd] = x;
    points[leftEnd + 1] = y;
    leftEnd += 2;
  }
  return leftEnd;
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
  const [fromX, fromY] = from;
  const [toX, toY] = to;
  const place = farthestFrom(points, start, end, fromX, fromY, toX - fromX, toY - fromY);
  const farX = points[place];
  const farY = points[place + 1];
  const farthest: Corner = [farX, farY];
  const beforeEnd = moveLeftToFront(points, start, end, fromX, fromY, farX - fromX, farY - fromY);
  const behindEnd = moveLeftToFront(points, beforeEnd, end, farX, farY, toX - farX, toY - farY);
  addCornersBetween(points, start, beforeEnd, from, farthest, hull);
  hull.push(farthest);
  addCornersBetween(points, beforeEnd, behindEnd, farthest, to, hull);
}

/** Where the point farthest from the line is; of several the last along it, since one between two others is no corner. */
function farthestFrom(
  points: Float64Array,
  start: number,
  end: number,
  fromX: number,
  fromY: number,
  alongX: number,
  alongY: number,
): number {
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
  return best;
}
