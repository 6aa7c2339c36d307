/**
 * Moves all vertices into another frame: the least that drawing them takes.
 * @param positions x, y, z of each vertex; @param matrix row-major 4 by 4; @param target written to.
 */
export function transformVertices(positions: Float64Array, matrix: readonly number[], target: Float64Array): void {
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11] = matrix;
  for (let at = 0; at < positions.length; at += 3) {
    const [x, y, z] = [positions[at], positions[at + 1], positions[at + 2]];
    target[at] = m0 * x + m1 * y + m2 * z + m3;
    target[at + 1] = m4 * x + m5 * y + m6 * z + m7;
    target[at + 2] = m8 * x + m9 * y + m10 * z + m11;
  }
}
