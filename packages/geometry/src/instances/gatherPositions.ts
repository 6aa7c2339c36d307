/**
 * Copies the vertices of one object out of a scan.
 *
 * @param positions x, y, z of each vertex of the scan in a row.
 * @param vertices indices of the vertices wanted.
 * @returns x, y, z of the vertices wanted, in that order.
 */
export function gatherPositions(positions: ArrayLike<number>, vertices: Uint32Array): Float64Array {
  const gathered = new Float64Array(3 * vertices.length);
  for (let index = 0; index < vertices.length; index++) {
    const source = 3 * vertices[index];
    const target = 3 * index;
    gathered[target] = positions[source];
    gathered[target + 1] = positions[source + 1];
    gathered[target + 2] = positions[source + 2];
  }
  return gathered;
}
