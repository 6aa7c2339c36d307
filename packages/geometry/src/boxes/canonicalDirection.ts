import type { Vec3 } from "../sceneFacts.ts";

/**
 * A box's axis and its opposite describe the same edges: returns the one whose largest component is positive, so that
 * the same vertices always give the same axes.
 */
export function canonicalDirection(direction: Vec3): Vec3 {
  const [x, y, z] = direction;
  let largest = x;
  if (Math.abs(y) > Math.abs(largest)) largest = y;
  if (Math.abs(z) > Math.abs(largest)) largest = z;
  return largest < 0 ? [-x, -y, -z] : [x, y, z];
}
