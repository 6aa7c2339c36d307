import type { CameraIntrinsics, Vec3 } from "../sceneFacts.ts";

/** A point seen by a camera. */
export interface ProjectedPoint {
  /** Pixels to the right and down from the centre of the top left pixel; may lie outside the image. */
  u: number;
  v: number;
  /** Metres along the camera's z axis, above 0. */
  depth: number;
}

/**
 * Where a camera sees a point: u = fx x / z + cx, v = fy y / z + cy.
 *
 * @param worldToCamera 16 numbers, row major, as `worldToCamera` gives them.
 * @param point metres, axis-aligned, +Z up.
 * @returns null for a point that is not in front of the camera.
 */
export function projectPoint(
  intrinsics: CameraIntrinsics,
  worldToCamera: ArrayLike<number>,
  point: Vec3,
): ProjectedPoint | null {
  const [x, y, z] = point;
  const m = worldToCamera;
  const depth = m[8] * x + m[9] * y + m[10] * z + m[11];
  if (!(depth > 0)) return null;
  return {
    u: (intrinsics.fx * (m[0] * x + m[1] * y + m[2] * z + m[3])) / depth + intrinsics.cx,
    v: (intrinsics.fy * (m[4] * x + m[5] * y + m[6] * z + m[7])) / depth + intrinsics.cy,
    depth,
  };
}
