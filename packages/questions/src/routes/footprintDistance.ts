import type { OrientedBox } from "@vsi/geometry";
import type { FloorPoint } from "./freeFloor.ts";

/**
 * Metres on the floor plane from a point to an object's box, 0 over it. Exact for upright boxes; of a tilted one, the
 * section at the height of its centre counts.
 */
export function footprintDistance({ center, size, axes }: OrientedBox, [x, y]: FloorPoint): number {
  const outside = axes.map((axis, index) => {
    const along = axis[0] * (x - center[0]) + axis[1] * (y - center[1]);
    return Math.max(Math.abs(along) - size[index]! / 2, 0);
  });
  return Math.hypot(...outside);
}
