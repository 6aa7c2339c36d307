import type { Vec3 } from "../sceneFacts.ts";

type Matrix3 = [Vec3, Vec3, Vec3];

/** Jacobi's method converges quadratically: 3x3 matrices need 4 to 6 sweeps; 30 only stops one that holds NaN. */
const MAX_SWEEPS = 30;

/**
 * Eigenvectors of a symmetric 3x3 matrix, by Jacobi rotations (Golub and Van Loan, "Matrix Computations", section 8.5):
 * orthonormal to rounding even where eigenvalues coincide, which a closed formula is not.
 *
 * @returns three unit row vectors, in no particular order.
 */
export function principalAxes(symmetric: Matrix3): Matrix3 {
  const matrix = symmetric.map((row) => [...row]) as Matrix3;
  const axes: Matrix3 = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    const trace = Math.abs(matrix[0][0]) + Math.abs(matrix[1][1]) + Math.abs(matrix[2][2]);
    const offDiagonal = Math.abs(matrix[0][1]) + Math.abs(matrix[0][2]) + Math.abs(matrix[1][2]);
    if (offDiagonal <= Number.EPSILON * trace) break;
    rotate(matrix, axes, 0, 1);
    rotate(matrix, axes, 0, 2);
    rotate(matrix, axes, 1, 2);
  }
  return axes;
}

/** Makes matrix[p][q] zero by turning the frame in the plane of axes p and q. */
function rotate(matrix: Matrix3, axes: Matrix3, p: number, q: number): void {
  if (matrix[p][q] === 0) return;
  const ratio = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of matrix) mix(row, p, q, cosine, sine);
  for (let column = 0; column < 3; column++) {
    const above = matrix[p][column];
    const below = matrix[q][column];
    matrix[p][column] = cosine * above - sine * below;
    matrix[q][column] = sine * above + cosine * below;
    const axisAbove = axes[p][column];
    const axisBelow = axes[q][column];
    axes[p][column] = cosine * axisAbove - sine * axisBelow;
    axes[q][column] = sine * axisAbove + cosine * axisBelow;
  }
}

function mix(row: Vec3, p: number, q: number, cosine: number, sine: number): void {
  const first = row[p];
  const second = row[q];
  row[p] = cosine * first - sine * second;
  row[q] = sine * first + cosine * second;
}
