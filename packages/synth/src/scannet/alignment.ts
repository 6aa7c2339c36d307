import { at } from "@vsi/dataset/internal";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { CameraPose } from "../camera/pose.ts";
import { drawBetween } from "../random.ts";

/** ScanNet's axisAlignment: 16 numbers, row major, from the scanner's frame to the axis-aligned one; metres. */
export type Alignment = readonly number[];

/**
 * Of cameras: colour and depth are drawn from the same place, and a room without a stream has no camera to calibrate.
 */
export const IDENTITY: Alignment = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/**
 * A turn about +Z and a shift, each number rounded to the six decimals that ScanNet prints:
 * what a reader applies is the rounded matrix, so the raw coordinates must come from that one.
 */
export function drawAlignment(random: RandomGenerator): Alignment {
  const yaw = drawBetween(random, -Math.PI, Math.PI);
  const [x, y, z] = [drawBetween(random, -6, 6), drawBetween(random, -6, 6), drawBetween(random, -0.15, 0.05)];
  const [cosine, sine] = [Math.cos(yaw), Math.sin(yaw)];
  const matrix = [cosine, sine, 0, x, -sine, cosine, 0, y, 0, 0, 1, z, 0, 0, 0, 1];
  return matrix.map((value) => Number(value.toFixed(6)));
}

/** One of the four rows of an alignment. */
export function alignmentRow(alignment: Alignment, row: number): [x: number, y: number, z: number, shift: number] {
  const first = 4 * row;
  return [at(alignment, first), at(alignment, first + 1), at(alignment, first + 2), at(alignment, first + 3)];
}

/**
 * Axis-aligned positions as the scanner would have stored them: the alignment's inverse, rounded to float32.
 * The rounded matrix is not quite a rotation, so it is inverted by its determinant and not by transposing it.
 */
export function toScannerFrame(aligned: Float64Array, alignment: Alignment): Float32Array {
  const [a, b, , shiftX] = alignmentRow(alignment, 0);
  const [c, d, , shiftY] = alignmentRow(alignment, 1);
  const [, , , shiftZ] = alignmentRow(alignment, 2);
  const determinant = a * d - b * c;
  const raw = new Float32Array(aligned.length);
  for (let i = 0; i < aligned.length; i += 3) {
    const x = at(aligned, i) - shiftX;
    const y = at(aligned, i + 1) - shiftY;
    raw[i] = (d * x - b * y) / determinant;
    raw[i + 1] = (a * y - c * x) / determinant;
    raw[i + 2] = at(aligned, i + 2) - shiftZ;
  }
  return raw;
}

/**
 * A pose as the .sens stores it: camera to the scanner's frame, the inverse of the printed alignment applied, row-major
 * float32.
 */
export function toScannerPose(pose: CameraPose, alignment: Alignment): Float32Array {
  const turn = alignment.map((value, place) => (place % 4 === 3 && place < 12 ? 0 : value));
  const columns = [0, 1, 2].map((column) => toScannerFrame(columnOf(pose, column), turn));
  columns.push(toScannerFrame(columnOf(pose, 3), alignment));
  const raw = new Float32Array(16);
  for (const [index, column] of columns.entries()) {
    for (const [row, value] of column.entries()) raw[4 * row + index] = value;
  }
  raw[15] = 1;
  return raw;
}

function columnOf(pose: CameraPose, column: number): Float64Array {
  return Float64Array.of(at(pose, column), at(pose, 4 + column), at(pose, 8 + column));
}
