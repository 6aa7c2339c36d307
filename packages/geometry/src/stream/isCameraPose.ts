import { mat3, vec3 } from "gl-matrix";

/**
 * 0.01: how far two axes' product may be from 0, a length from 1, or the last row from 0 0 0 1. float32 and six decimals cost 1e-6;
 * at 0.01 a point 5 m away moves by 5 cm, as much as a depth sensor errs at that distance.
 */
export const POSE_TOLERANCE = 0.01;

/**
 * Whether a matrix is a camera's pose: finite, its upper left corner a rotation (no scaling, no mirroring), its last row 0 0 0 1,
 * all within POSE_TOLERANCE. ScanNet writes -inf in all 16 cells where tracking was lost, and some files start such a pose with 0
 * (ScanNet's SensReader/c++/src/sensorData.h); a rotation whose first element is 0 exactly is refused like those.
 *
 * @param matrix 16 numbers, row major.
 */
export function isCameraPose(matrix: ArrayLike<number>): boolean {
  if (matrix[0] === 0) return false;
  for (let cell = 0; cell < 16; cell++) if (!Number.isFinite(matrix[cell])) return false;
  for (const [cell, expected] of [0, 0, 0, 1].entries()) {
    if (Math.abs(matrix[12 + cell] - expected) > POSE_TOLERANCE) return false;
  }
  const rows: vec3[] = [0, 4, 8].map((start) => [matrix[start], matrix[start + 1], matrix[start + 2]]);
  for (let first = 0; first < 3; first++) {
    for (let second = first; second < 3; second++) {
      const expected = first === second ? 1 : 0;
      if (Math.abs(vec3.dot(rows[first], rows[second]) - expected) > POSE_TOLERANCE) return false;
    }
  }
  const [x, y, z] = rows;
  return mat3.determinant([x[0], x[1], x[2], y[0], y[1], y[2], z[0], z[1], z[2]]) > 0;
}
