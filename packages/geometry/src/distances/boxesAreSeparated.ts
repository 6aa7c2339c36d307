import type { OrientedBox, Vec3 } from "../sceneFacts.ts";

/**
 * Below this squared length (an angle of 1e-7) two edges count as parallel: their cross product points anywhere, and
 * the boxes' own axes already decide.
 */
const PARALLEL = 1e-14;

/**
 * Whether a plane separates two oriented boxes with a gap. By the separating axis theorem only 15 normals need trying:
 * the six axes and the nine cross products of one's axis with the other's (Gottschalk, Lin and Manocha, "OBBTree", 1996).
 */
export function boxesAreSeparated(a: OrientedBox, b: OrientedBox): boolean {
  const between: Vec3 = [b.center[0] - a.center[0], b.center[1] - a.center[1], b.center[2] - a.center[2]];
  for (let index = 0; index < 3; index++) {
    if (isSeparating(a.axes[index], between, a, b) || isSeparating(b.axes[index], between, a, b)) return true;
  }
  for (const axisA of a.axes) {
    for (const axisB of b.axes) {
      const normal: Vec3 = [
        axisA[1] * axisB[2] - axisA[2] * axisB[1],
        axisA[2] * axisB[0] - axisA[0] * axisB[2],
        axisA[0] * axisB[1] - axisA[1] * axisB[0],
      ];
      const squaredLength = normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2];
      if (squaredLength >= PARALLEL && isSeparating(normal, between, a, b)) return true;
    }
  }
  return false;
}

function isSeparating(normal: Vec3, between: Vec3, a: OrientedBox, b: OrientedBox): boolean {
  const gap = Math.abs(dot(between, normal));
  return gap > reach(a, normal) + reach(b, normal);
}

/** How far the box reaches from its centre along the normal (in multiples of the normal's length). */
function reach(box: OrientedBox, normal: Vec3): number {
  return (
    (Math.abs(dot(box.axes[0], normal)) * box.size[0] +
      Math.abs(dot(box.axes[1], normal)) * box.size[1] +
      Math.abs(dot(box.axes[2], normal)) * box.size[2]) /
    2
  );
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
