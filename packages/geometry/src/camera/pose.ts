import type { Vec3 } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { mat3, vec3 } from "gl-matrix";
import { decimalNumber } from "../decimalNumber.ts";
import { GeometryError } from "../errors.ts";

/**
 * A camera pose in the axis-aligned frame: the scan's alignment applied after the pose.
 *
 * @param cameraToWorld row-major 4 by 4, camera to the scan's own frame, metres.
 * @param axisAlignment row-major 4 by 4; null for a scan that has none: identity.
 * @returns row-major 4 by 4, 16 numbers; never -0, so that JSON gives it back unchanged.
 */
export function alignPose(cameraToWorld: ArrayLike<number>, axisAlignment: ArrayLike<number> | null): number[] {
  const pose = Array.from(cameraToWorld);
  if (axisAlignment === null) return pose.map((value) => value + 0);
  return pose.map((_, place) => {
    const [row, column] = [Math.floor(place / 4), place % 4];
    let sum = 0;
    for (let k = 0; k < 4; k += 1) sum += at(axisAlignment, 4 * row + k) * at(pose, 4 * k + column);
    return sum + 0;
  });
}

/**
 * 0.01: how far two axes' product may be from 0, a length from 1, or the last row from 0 0 0 1. float32 and six
 * decimals cost 1e-6; at 0.01 a point 5 m away moves by 5 cm, as much as a depth sensor errs at that distance.
 */
export const POSE_TOLERANCE = 0.01;

/**
 * 0.05: the same for a pose in the axis-aligned frame. Turning a pose that POSE_TOLERANCE lets pass into that frame can
 * gather three of its errors, and the alignment's own rounding comes on top.
 */
export const ALIGNED_POSE_TOLERANCE = 0.05;

/**
 * Whether a matrix is a camera's pose: finite, its upper left corner a rotation (no scaling, no mirroring), its last
 * row 0 0 0 1, all within POSE_TOLERANCE. ScanNet writes -inf in all 16 cells where tracking was lost, and some files
 * start such a pose with 0 (ScanNet's SensReader/c++/src/sensorData.h); a rotation whose first element is 0 exactly is
 * refused like those.
 *
 * @param matrix 16 numbers, row major.
 */
export function isCameraPose(matrix: ArrayLike<number>): boolean {
  if (matrix[0] === 0) return false;
  for (let cell = 0; cell < 16; cell += 1) if (!Number.isFinite(matrix[cell])) return false;
  for (const [cell, expected] of [0, 0, 0, 1].entries()) {
    if (Math.abs(at(matrix, 12 + cell) - expected) > POSE_TOLERANCE) return false;
  }
  const row = (start: number): Vec3 => [at(matrix, start), at(matrix, start + 1), at(matrix, start + 2)];
  const rows = [row(0), row(4), row(8)] as const;
  for (const [first, axis] of rows.entries()) {
    for (const [second, other] of rows.entries()) {
      const expected = first === second ? 1 : 0;
      if (Math.abs(vec3.dot(axis, other) - expected) > POSE_TOLERANCE) return false;
    }
  }
  const [x, y, z] = rows;
  return mat3.determinant([...x, ...y, ...z]) > 0;
}

/**
 * Whether a matrix holds a pinhole camera: 16 finite numbers, focal lengths (cells (0, 0) and (1, 1)) over 0.
 *
 * @param matrix 16 numbers, row major, pixels.
 */
export function isIntrinsicMatrix(matrix: ArrayLike<number>): boolean {
  const cells = Array.from(matrix);
  const [focalX = 0, , , , , focalY = 0] = cells;
  return cells.every(Number.isFinite) && focalX > 0 && focalY > 0;
}

/** A `.sens` file's matrix at byte `start`: 16 little-endian float32, row major. */
export function readMatrixBytes(view: DataView, start: number): Float64Array {
  const matrix = new Float64Array(16);
  for (let cell = 0; cell < 16; cell += 1) matrix[cell] = view.getFloat32(start + 4 * cell, true);
  return matrix;
}

/** What numpy and C++ (the last two: Microsoft's) write for a pose that was lost. */
const LOST_NUMBER = /^[+-]?(inf|infinity|nan|nan\(ind\)|1\.#\w+)$/i;

/**
 * Reads a 4 by 4 matrix from a text file as ScanNet's exporter writes it (SensReader/python): a row a line, LF or CRLF,
 * blank lines ignored. "-inf", "inf" and "nan", which stand in poses that were lost, are read as NaN.
 *
 * @param file The file's name in messages.
 * @returns Row major.
 * @throws GeometryError "matrix-bad-number", "matrix-bad-row" or "matrix-bad-row-count", with the line.
 */
export function readMatrixText(bytes: Uint8Array, file: string): Float64Array {
  const fail = (code: string, line: number, got: string, expected: string): GeometryError =>
    new GeometryError(code, {
      file,
      place: `line ${line}`,
      got,
      expected,
      advice: "Export the frames again, or take the scan's .sens file.",
    });
  const numbers: number[] = [];
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const words = line.split(/\s+/).filter((word) => word !== "");
    if (words.length === 0) continue;
    if (words.length !== 4) throw fail("matrix-bad-row", index + 1, `${words.length} numbers`, "4 numbers");
    if (numbers.length === 16) throw fail("matrix-bad-row-count", index + 1, "a fifth row", "4 rows of 4 numbers");
    for (const word of words) {
      const number = decimalNumber(word);
      if (Number.isNaN(number) && !LOST_NUMBER.test(word)) {
        // 80: enough to recognise the word; that of a binary file has no end.
        throw fail("matrix-bad-number", index + 1, JSON.stringify(word.slice(0, 80)), "a number");
      }
      numbers.push(number);
    }
  }
  if (numbers.length < 16) {
    throw fail("matrix-bad-row-count", lines.length, `the end after ${numbers.length / 4} rows`, "4 rows of 4 numbers");
  }
  return Float64Array.from(numbers);
}
