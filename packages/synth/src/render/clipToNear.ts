/**
 * The part of a triangle that is `near` metres or more in front of the camera (Sutherland and Hodgman's clipping at one plane). A new
 * corner is computed from the end in front to the end behind, so that the two faces on both sides of an edge get the same one and no
 * gap opens between them.
 * @param corners x, y, z of the three corners as the camera sees them: x right, y down, z forward, metres.
 * @returns x, y, z of none, three or four corners, in the triangle's order.
 */
export function clipToNear(corners: ArrayLike<number>, near: number): Float64Array {
  const clipped: number[] = [];
  for (let corner = 0; corner < 9; corner += 3) {
    const next = (corner + 3) % 9;
    const [isInFront, nextIsInFront] = [corners[corner + 2] >= near, corners[next + 2] >= near];
    if (isInFront) clipped.push(corners[corner], corners[corner + 1], corners[corner + 2]);
    if (isInFront === nextIsInFront) continue;
    const [inFront, behind] = isInFront ? [corner, next] : [next, corner];
    const part = (corners[inFront + 2] - near) / (corners[inFront + 2] - corners[behind + 2]);
    const along = (axis: number) => corners[inFront + axis] + part * (corners[behind + axis] - corners[inFront + axis]);
    clipped.push(along(0), along(1), near);
  }
  return Float64Array.from(clipped);
}
