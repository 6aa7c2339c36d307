import type { Vec3 } from "../sceneFacts.ts";

/**
 * The mean of the vertices: VSI-100k's "geometric centre" (arXiv 2504.00883; the mean, not the box's centre, gives the
 * distances its figure 2 prints).
 *
 * @param positions x, y, z of each vertex in a row; metres; at least one vertex (NaN for none).
 */
export function centroid(positions: ArrayLike<number>): Vec3 {
  let sumX = 0;
  let sumY = 0;
  let sumZ = 0;
  for (let offset = 0; offset < positions.length; offset += 3) {
    sumX += positions[offset];
    sumY += positions[offset + 1];
    sumZ += positions[offset + 2];
  }
  const count = positions.length / 3;
  return [sumX / count, sumY / count, sumZ / count];
}
