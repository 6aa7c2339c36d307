/**
 * Whether a matrix holds a pinhole camera: 16 finite numbers, focal lengths (cells (0, 0) and (1, 1)) over 0.
 *
 * @param matrix 16 numbers, row major, pixels.
 */
export function isIntrinsicMatrix(matrix: ArrayLike<number>): boolean {
  return Array.from(matrix).every(Number.isFinite) && matrix[0] > 0 && matrix[5] > 0;
}
