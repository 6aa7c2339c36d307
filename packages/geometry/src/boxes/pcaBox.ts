import { centroid } from "../distances/centroid.ts";
import type { OrientedBox, Vec3 } from "../sceneFacts.ts";
import { canonicalDirection } from "./canonicalDirection.ts";
import { principalAxes } from "./principalAxes.ts";

/**
 * The box along the principal axes of the vertices (the eigenvectors of their covariance), as Open3D's
 * `get_oriented_bounding_box` and VLM-3R make it; it may tilt.
 *
 * @param positions x, y, z of each vertex in a row; metres; finite, at least one vertex.
 * @returns a right-handed box; size[0] >= size[1] >= size[2]; a size is 0 where the object is flat.
 */
export function pcaBox(positions: ArrayLike<number>): OrientedBox {
  const mean = centroid(positions);
  const extents = principalAxes(covariance(positions, mean))
    .map((axis) => extentAlong(positions, mean, canonicalDirection(axis)))
    .sort((first, second) => second.size - first.size);
  const [longest, middle, shortest] = extents;
  return {
    center: mean.map(
      (coordinate, index) =>
        coordinate +
        longest.middle * longest.axis[index] +
        middle.middle * middle.axis[index] +
        shortest.middle * shortest.axis[index],
    ) as Vec3,
    size: [longest.size, middle.size, shortest.size],
    axes: [longest.axis, middle.axis, cross(longest.axis, middle.axis)],
  };
}

function covariance(positions: ArrayLike<number>, mean: Vec3): [Vec3, Vec3, Vec3] {
  let xx = 0;
  let xy = 0;
  let xz = 0;
  let yy = 0;
  let yz = 0;
  let zz = 0;
  for (let offset = 0; offset < positions.length; offset += 3) {
    const x = positions[offset] - mean[0];
    const y = positions[offset + 1] - mean[1];
    const z = positions[offset + 2] - mean[2];
    xx += x * x;
    xy += x * y;
    xz += x * z;
    yy += y * y;
    yz += y * z;
    zz += z * z;
  }
  return [
    [xx, xy, xz],
    [xy, yy, yz],
    [xz, yz, zz],
  ];
}

/** How far the vertices reach along an axis, seen from their mean. */
function extentAlong(positions: ArrayLike<number>, mean: Vec3, axis: Vec3) {
  let min = Infinity;
  let max = -Infinity;
  for (let offset = 0; offset < positions.length; offset += 3) {
    const along =
      (positions[offset] - mean[0]) * axis[0] +
      (positions[offset + 1] - mean[1]) * axis[1] +
      (positions[offset + 2] - mean[2]) * axis[2];
    if (along < min) min = along;
    if (along > max) max = along;
  }
  return { axis, size: max - min, middle: (min + max) / 2 };
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
