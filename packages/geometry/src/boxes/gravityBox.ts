import type { AxisAlignedBox, OrientedBox, Vec3 } from "../sceneFacts.ts";
import { axisAlignedBox } from "./axisAlignedBox.ts";
import { canonicalDirection } from "./canonicalDirection.ts";
import { floorHull } from "./floorHull.ts";

/** 2^-1022, the smallest number with all its digits: a shorter edge divided by its length is no unit vector. */
const SHORTEST_EDGE = 2 ** -1022;

/**
 * The upright oriented box: the rectangle of smallest area around the vertices projected on the floor, and the extent
 * along z. The rectangle shares a side's direction with an edge of the convex hull (Freeman and Shapira, "Determining
 * the minimum-area encasing rectangle for an arbitrary closed curve", 1975), so trying each edge is exact.
 *
 * @param positions x, y, z of each vertex in a row; metres, axis-aligned, +Z up; finite, at least one vertex.
 * @param bounds the vertices' axis-aligned box, where it is known already.
 * @returns a right-handed box; size[0] >= size[1]; axes[2] is [0, 0, 1]; a size is 0 where the object is flat.
 */
export function gravityBox(
  positions: ArrayLike<number>,
  bounds: AxisAlignedBox = axisAlignedBox(positions),
): OrientedBox {
  const rectangle = smallestRectangle(floorHull(positions));
  const height = bounds.max[2] - bounds.min[2];
  return {
    center: [rectangle.center[0], rectangle.center[1], bounds.min[2] + height / 2],
    size: [rectangle.length, rectangle.width, height],
    axes: rectangle.axes,
  };
}

interface Rectangle {
  center: [number, number];
  length: number;
  width: number;
  axes: [Vec3, Vec3, Vec3];
}

function smallestRectangle(hull: [number, number][]): Rectangle {
  let best = rectangleAlong(hull, 1, 0);
  let bestArea = Infinity;
  for (let index = 0; index < hull.length; index++) {
    const [fromX, fromY] = hull[index];
    const [toX, toY] = hull[(index + 1) % hull.length];
    const edgeLength = Math.hypot(toX - fromX, toY - fromY);
    if (edgeLength < SHORTEST_EDGE) continue;
    const rectangle = rectangleAlong(hull, (toX - fromX) / edgeLength, (toY - fromY) / edgeLength);
    const area = rectangle.length * rectangle.width;
    if (area < bestArea) {
      best = rectangle;
      bestArea = area;
    }
  }
  return best;
}

/** The rectangle around the hull with a side along the unit vector (directionX, directionY). */
function rectangleAlong(hull: [number, number][], directionX: number, directionY: number): Rectangle {
  // Relative to a corner: far from the origin, products of coordinates would lose the millimetres.
  const [originX, originY] = hull[0];
  let minU = 0;
  let maxU = 0;
  let minV = 0;
  let maxV = 0;
  for (const [x, y] of hull) {
    const u = (x - originX) * directionX + (y - originY) * directionY;
    const v = (y - originY) * directionX - (x - originX) * directionY;
    if (u < minU) minU = u;
    if (u > maxU) maxU = u;
    if (v < minV) minV = v;
    if (v > maxV) maxV = v;
  }
  const middleU = (minU + maxU) / 2;
  const middleV = (minV + maxV) / 2;
  const alongIsLonger = maxU - minU >= maxV - minV;
  const longAxis = canonicalDirection(alongIsLonger ? [directionX, directionY, 0] : [-directionY, directionX, 0]);
  return {
    center: [
      originX + middleU * directionX - middleV * directionY,
      originY + middleU * directionY + middleV * directionX,
    ],
    length: alongIsLonger ? maxU - minU : maxV - minV,
    width: alongIsLonger ? maxV - minV : maxU - minU,
    axes: [longAxis, [-longAxis[1], longAxis[0], 0], [0, 0, 1]],
  };
}
