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
  const seen = new Uint8Array(halfedges.length);
  const rings: [number, number][][] = [];
  for (let start = 0; start < halfedges.length; start++) {
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
