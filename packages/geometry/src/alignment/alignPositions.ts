import { type mat4, vec3 } from "gl-matrix";

/**
 * Moves vertices into the axis-aligned frame: each is multiplied by ScanNet's `axisAlignment`.
 *
 * @param positions x, y, z of each vertex in a row, metres, as the mesh file holds them.
 * @param axisAlignment 16 numbers, row major (a yaw and a translation); null where the scan's `.txt` has none: identity.
 * @returns x, y, z of each vertex, metres, axis-aligned, +Z up. A new array: the input stays as it was.
 */
export function alignPositions(positions: ArrayLike<number>, axisAlignment: ArrayLike<number> | null): Float64Array {
  // Float64: rounding back to float32 would cost up to half a micrometre, as much as the facts' own rounding.
  if (axisAlignment === null) return new Float64Array(positions);
  const aligned = new Float64Array(positions.length);
  const matrix = columnMajor(axisAlignment);
  const point: vec3 = [0, 0, 0];
  for (let offset = 0; offset < aligned.length; offset += 3) {
    point[0] = positions[offset];
    point[1] = positions[offset + 1];
    point[2] = positions[offset + 2];
    vec3.transformMat4(point, point, matrix);
    aligned[offset] = point[0];
    aligned[offset + 1] = point[1];
    aligned[offset + 2] = point[2];
  }
  return aligned;
}

/** gl-matrix stores columns; its own `mat4.create` would store float32 and lose the file's sixth decimal. */
function columnMajor(m: ArrayLike<number>): mat4 {
  return [m[0], m[4], m[8], m[12], m[1], m[5], m[9], m[13], m[2], m[6], m[10], m[14], m[3], m[7], m[11], m[15]];
}
