import Delaunator from "delaunator";
import { take } from "../scanMemory.ts";

export interface AlphaShape {
  /** Square metres, enclosed holes included. */
  area: number;
  /** The outer boundaries: closed rings of [x, y], counter-clockwise, first point not repeated; they do not overlap. */
  rings: [number, number][][];
}

/**
 * The alpha shape of points on the floor: the Delaunay triangles whose circumradius is below `radius`, and the holes
 * they enclose (Edelsbrunner, Kirkpatrick and Seidel, "On the shape of a set of points in the plane", 1983; with the
 * holes filled, as VSI-Bench and VLM-3R take a room's size, alpha = 5 being a radius of 1/5 m).
 *
 * @param points x and y of each point in a row; metres; finite.
 * @param radius metres; above 0.
 * @returns area 0 and no ring where nothing has an area: fewer than three points, collinear or duplicated ones.
 */
export function alphaShape(points: ArrayLike<number>, radius: number): AlphaShape {
  if (points.length < 6) return { area: 0, rings: [] };
  const coordinates = shiftToOrigin(points);
  const { triangles, halfedges } = new Delaunator(coordinates);
  const isOpen = openTriangles(coordinates, triangles, radius);
  const isOutside = reachableFromHull(isOpen, halfedges);
  let area = 0;
  for (let triangle = 0; triangle < isOutside.length; triangle += 1) {
    if (isOutside[triangle] === 0) area += Math.abs(doubledArea(coordinates, triangles, triangle)) / 2;
  }
  return { area, rings: boundaryRings(points, triangles, halfedges, isOutside) };
}

/** Far from the origin (a scan in map coordinates), products of coordinates would lose the millimetres. */
function shiftToOrigin(points: ArrayLike<number>): Float64Array {
  const shifted = take(Float64Array, points.length);
  for (let offset = 0; offset + 1 < points.length; offset += 2) {
    shifted[offset] = points[offset] - points[0];
    shifted[offset + 1] = points[offset + 1] - points[1];
  }
  return shifted;
}

/** 1 for each triangle whose circumradius is not below the radius. */
function openTriangles(coordinates: Float64Array, triangles: Uint32Array, radius: number): Uint8Array {
  const isOpen = take(Uint8Array, triangles.length / 3);
  for (let triangle = 0; triangle < isOpen.length; triangle += 1) {
    const a = 2 * triangles[3 * triangle];
    const b = 2 * triangles[3 * triangle + 1];
    const c = 2 * triangles[3 * triangle + 2];
    const squaredSides =
      squaredDistance(coordinates, a, b) * squaredDistance(coordinates, b, c) * squaredDistance(coordinates, c, a);
    const doubled = doubledArea(coordinates, triangles, triangle);
    // Circumradius = product of the sides / (4 area); without a division, flat triangles need no case of their own.
    isOpen[triangle] = squaredSides < 4 * radius * radius * doubled * doubled ? 0 : 1;
  }
  return isOpen;
}

/** 1 for each open triangle that a path of open triangles, each sharing an edge with the next, joins to the hull. */
function reachableFromHull(isOpen: Uint8Array, halfedges: Int32Array): Uint8Array {
  const isOutside = take(Uint8Array, isOpen.length).fill(0);
  const pending: number[] = [];
  const visit = (triangle: number) => {
    if (isOpen[triangle] === 0 || isOutside[triangle] === 1) return;
    isOutside[triangle] = 1;
    pending.push(triangle);
  };
  for (let edge = 0; edge < halfedges.length; edge += 1) {
    if (halfedges[edge] === -1) visit(Math.floor(edge / 3));
  }
  for (let triangle = pending.pop(); triangle !== undefined; triangle = pending.pop()) {
    for (let edge = 3 * triangle; edge < 3 * triangle + 3; edge += 1) {
      if (halfedges[edge] !== -1) visit(Math.floor(halfedges[edge] / 3));
    }
  }
  return isOutside;
}

function doubledArea(coordinates: Float64Array, triangles: Uint32Array, triangle: number): number {
  const a = 2 * triangles[3 * triangle];
  const b = 2 * triangles[3 * triangle + 1];
  const c = 2 * triangles[3 * triangle + 2];
  return (
    (coordinates[b] - coordinates[a]) * (coordinates[c + 1] - coordinates[a + 1]) -
    (coordinates[b + 1] - coordinates[a + 1]) * (coordinates[c] - coordinates[a])
  );
}

function squaredDistance(coordinates: Float64Array, a: number, b: number): number {
  const dx = coordinates[a] - coordinates[b];
  const dy = coordinates[a + 1] - coordinates[b + 1];
  return dx * dx + dy * dy;
}

/**
 * Walks around the triangles of a triangulation that are inside.
 *
 * @param points x and y of each point in a row.
 * @param triangles three point indices a triangle, as delaunator gives them (clockwise with y up).
 * @param halfedges for each edge its twin in the neighbouring triangle, or -1.
 * @param isOutside 1 for each triangle that does not belong to the shape. Outside triangles must all be joined to the
 * hull by a path over edges; then every ring is a simple polygon, also where two parts touch at one point.
 * @returns rings of [x, y], counter-clockwise, first point not repeated.
 */
export function boundaryRings(
  points: ArrayLike<number>,
  triangles: Uint32Array,
  halfedges: Int32Array,
  isOutside: Uint8Array,
): [number, number][][] {
  const isInside = (edge: number) => edge !== -1 && isOutside[Math.floor(edge / 3)] === 0;
  const isBoundary = (edge: number) => isInside(edge) && !isInside(halfedges[edge]);
  const seen = take(Uint8Array, halfedges.length).fill(0);
  const rings: [number, number][][] = [];
  for (let start = 0; start < halfedges.length; start += 1) {
    if (seen[start] === 1 || !isBoundary(start)) continue;
    const ring: [number, number][] = [];
    let edge = start;
    do {
      seen[edge] = 1;
      const point = 2 * triangles[edge];
      ring.push([points[point], points[point + 1]]);
      // Turns around the edge's end through inside triangles only: at a point where two parts touch, the walk stays on
      // its own part.
      edge = nextInTriangle(edge);
      while (isInside(halfedges[edge])) edge = nextInTriangle(halfedges[edge]);
    } while (edge !== start);
    rings.push(ring.reverse());
  }
  return rings;
}

function nextInTriangle(edge: number): number {
  return edge % 3 === 2 ? edge - 2 : edge + 1;
}
