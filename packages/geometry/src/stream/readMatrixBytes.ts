/** A `.sens` file's matrix at byte `start`: 16 little-endian float32, row major. */
export function readMatrixBytes(view: DataView, start: number): Float64Array {
  const matrix = new Float64Array(16);
  for (let cell = 0; cell < 16; cell++) matrix[cell] = view.getFloat32(start + 4 * cell, true);
  return matrix;
}
