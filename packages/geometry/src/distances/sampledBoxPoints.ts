import type { OrientedBox, Vec3 } from "../sceneFacts.ts";
import { boxGrid } from "./boxGrid.ts";

/**
 * The points that VSI-Bench (Yang et al., arXiv 2412.14171) takes for a box: a grid without the core of half the box's
 * lengths, and without the points that a last test finds outside the box. On the faces rounding alone decides that test,
 * so that most turned boxes lose some of their face points.
 *
 * @param counts points of the grid along each axis.
 * @returns x, y, z of each point in a row; metres, axis-aligned, +Z up; in float64; empty when none is left.
 */
export function sampledBoxPoints(box: OrientedBox, counts: Vec3): Float64Array {
  const { local, world } = boxGrid(box, counts);
  let kept = 0;
  for (let offset = 0; offset < world.length; offset += 3) {
    if (isInCore(box, local, offset) || isOutside(box, world, offset)) continue;
    world.copyWithin(kept, offset, offset + 3);
    kept += 3;
  }
  return world.slice(0, kept);
}

function isInCore(box: OrientedBox, local: Float64Array, offset: number): boolean {
  for (let axis = 0; axis < 3; axis++) {
    if (Math.abs(local[offset + axis]) > box.size[axis] / 4) return false;
  }
  return true;
}

function isOutside({ center, size, axes }: OrientedBox, world: Float64Array, offset: number): boolean {
  const dx = world[offset] - center[0];
  const dy = world[offset + 1] - center[1];
  const dz = world[offset + 2] - center[2];
  for (let axis = 0; axis < 3; axis++) {
    const along = dx * axes[axis][0] + dy * axes[axis][1] + dz * axes[axis][2];
    if (Math.abs(along) > size[axis] / 2) return true;
  }
  return false;
}
