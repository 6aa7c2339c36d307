/**
 * Cuts off what of a triangle is nearer than a plane in front of the camera.
 *
 * @param corners x, y, z of three corners in the camera's frame, metres.
 * @param near the plane's z, metres.
 * @returns x, y, z of the remaining polygon's corners, in order: none, three or four.
 */
export function clipToNearPlane(corners: readonly number[], near: number): number[] {
  const kept: number[] = [];
  for (let from = 0; from < 9; from += 3) {
    const to = (from + 3) % 9;
    const fromDepth = corners[from + 2];
    const toDepth = corners[to + 2];
    if (fromDepth >= near) kept.push(corners[from], corners[from + 1], fromDepth);
    if (fromDepth >= near === toDepth >= near) continue;
    const share = (near - fromDepth) / (toDepth - fromDepth);
    kept.push(
      corners[from] + share * (corners[to] - corners[from]),
      corners[from + 1] + share * (corners[to + 1] - corners[from + 1]),
      near,
    );
  }
  return kept;
}
