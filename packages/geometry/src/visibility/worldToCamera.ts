import { type mat4, mat4 as matrix } from "gl-matrix";
import { GeometryError } from "../geometryError.ts";

/**
 * Inverts a camera's pose.
 *
 * @param cameraToWorld 16 numbers, row major, metres.
 * @returns 16 numbers, row major: world to camera (x right, y down, z forward).
 * @throws GeometryError "pose-not-invertible" for a pose with NaN, infinite numbers or no inverse: what
 * ScanNet's streams hold where tracking was lost.
 */
export function worldToCamera(cameraToWorld: ArrayLike<number>): number[] {
  // gl-matrix stores columns; the inverse of the transpose is the transpose of the inverse, so rows may stay rows.
  const rows = Array.from(cameraToWorld) as unknown as mat4;
  // Not mat4.create, which would round to float32.
  const inverse = matrix.invert(new Array<number>(16).fill(0) as unknown as mat4, rows);
  if (inverse !== null && Array.from(inverse).every(Number.isFinite)) return Array.from(inverse);
  throw new GeometryError("pose-not-invertible", {
    file: "camera pose",
    place: "camera_to_world",
    got: `[${Array.from(cameraToWorld).join(", ")}]`,
    expected: "a rotation and a translation, 16 finite numbers",
    advice: "Leave the frame out: its pose is invalid.",
  });
}
