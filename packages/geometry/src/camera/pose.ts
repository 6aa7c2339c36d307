import { at, countOf } from "@vsi/dataset/internal";
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
  for (let cell = 12; cell < 16; cell += 1) {
    if (Math.abs(at(matrix, cell) - (cell === 15 ? 1 : 0)) > POSE_TOLERANCE) return false;
  }
  // Without arrays of rows: a stream has thousands of poses, and opening it takes little more than reading them.
  for (let first = 0; first < 12; first += 4) {
    for (let second = first; second < 12; second += 4) {
      const product =
        at(matrix, first) * at(matrix, second) +
        at(matrix, first + 1) * at(matrix, second + 1) +
        at(matrix, first + 2) * at(matrix, second + 2);
      if (Math.abs(product - (first === second ? 1 : 0)) > POSE_TOLERANCE) return false;
    }
  }
  const [x0, x1, x2] = [at(matrix, 0), at(matrix, 1), at(matrix, 2)];
  const [y0, y1, y2] = [at(matrix, 4), at(matrix, 5), at(matrix, 6)];
  const [z0, z1, z2] = [at(matrix, 8), at(matrix, 9), at(matrix, 10)];
  return x0 * (y1 * z2 - y2 * z1) + x1 * (y2 * z0 - y0 * z2) + x2 * (y0 * z1 - y1 * z0) > 0;
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

/**
 * A `.sens` file's matrix at byte `start`: 16 little-endian float32, row major.
 *
 * @param matrix written to and returned.
 */
export function readMatrixBytes(
  view: DataView,
  start: number,
  matrix: Float64Array = new Float64Array(16),
): Float64Array {
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
  return Float64Array.from(readSquare(bytes, file, [4]));
}

/**
 * Reads a camera's matrix: 4 by 4 as `readMatrixText` does, or 3 by 3 (what many tools write; ScanNet's fourth row and
 * column are those of an identity).
 *
 * @returns Row major, 4 by 4.
 * @throws GeometryError as `readMatrixText`.
 */
export function readIntrinsicText(bytes: Uint8Array, file: string): Float64Array {
  const numbers = readSquare(bytes, file, [4, 3]);
  if (numbers.length === 16) return Float64Array.from(numbers);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = numbers;
  return Float64Array.of(a, b, c, 0, d, e, f, 0, g, h, i, 0, 0, 0, 0, 1);
}

/** Rows of as many numbers as there are rows, row major; the first row decides among `sizes`. */
function readSquare(bytes: Uint8Array, file: string, sizes: readonly number[]): number[] {
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
  let [size = 4] = sizes;
  const expected = () => `${size} rows of ${size} numbers`;
  for (const [index, line] of lines.entries()) {
    const words = line.split(/\s+/).filter((word) => word !== "");
    if (words.length === 0) continue;
    if (numbers.length === 0 && sizes.includes(words.length)) size = words.length;
    if (words.length !== size) {
      throw fail("matrix-bad-row", index + 1, countOf(words.length, "value"), `${size} numbers, separated by spaces`);
    }
    if (numbers.length === size * size) {
      throw fail("matrix-bad-row-count", index + 1, `row ${size + 1}`, expected());
    }
    for (const word of words) {
      const number = decimalNumber(word);
      if (Number.isNaN(number) && !LOST_NUMBER.test(word)) {
        // 80: enough to recognise the word; that of a binary file has no end.
        throw fail("matrix-bad-number", index + 1, JSON.stringify(word.slice(0, 80)), "a number");
      }
      numbers.push(number);
    }
  }
  if (numbers.length < size * size) {
    throw fail("matrix-bad-row-count", lines.length, `the end after ${numbers.length / size} rows`, expected());
  }
  return numbers;
}
