import type { OrientedBox, Vec3 } from "../sceneFacts.ts";

/**
 * The exact distance from a point, such as a camera, to a solid oriented box: the stand-in for the distance to an object
 * where facts came without a mesh.
 *
 * @param point metres, in the box's frame of reference.
 * @returns metres; 0 inside the box and on it.
 */
export function pointToBoxDistance(box: OrientedBox, point: Vec3): number {
  return Math.sqrt(squaredPointToBoxDistance(box, point));
}

/** `pointToBoxDistance` squared. */
export function squaredPointToBoxDistance({ center, size, axes }: OrientedBox, point: Vec3): number {
  const dx = point[0] - center[0];
  const dy = point[1] - center[1];
  const dz = point[2] - center[2];
  let squared = 0;
  for (let axis = 0; axis < 3; axis++) {
    const along = dx * axes[axis][0] + dy * axes[axis][1] + dz * axes[axis][2];
    const outside = Math.abs(along) - size[axis] / 2;
    if (outside > 0) squared += outside * outside;
  }
  return squared;
}
