import type { CameraPose } from "../camera/cameraPose.ts";
import type { Alignment } from "./alignment.ts";
import { toScannerFrame } from "./toScannerFrame.ts";

/** A pose as the .sens stores it: camera to the scanner's frame, the inverse of the printed alignment applied, row-major float32. */
export function toScannerPose(pose: CameraPose, alignment: Alignment): Float32Array {
  const turn = alignment.map((value, place) => (place % 4 === 3 && place < 12 ? 0 : value));
  const columns = [0, 1, 2].map((column) => toScannerFrame(columnOf(pose, column), turn));
  columns.push(toScannerFrame(columnOf(pose, 3), alignment));
  const raw = new Float32Array(16);
  columns.forEach((column, index) => {
    for (let row = 0; row < 3; row++) raw[4 * row + index] = column[row];
  });
  raw[15] = 1;
  return raw;
}

function columnOf(pose: CameraPose, column: number): Float64Array {
  return Float64Array.of(pose[column], pose[4 + column], pose[8 + column]);
}
