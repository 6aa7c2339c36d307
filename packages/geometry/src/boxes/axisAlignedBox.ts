import type { AxisAlignedBox } from "../sceneFacts.ts";

/**
 * The smallest box with edges along the frame's axes that holds all vertices.
 *
 * @param positions x, y, z of each vertex in a row; metres; at least one vertex.
 * @returns the box; infinite (min above max) for no vertex.
 */
export function axisAlignedBox(positions: ArrayLike<number>): AxisAlignedBox {
  let minX = Infinity;
  let minY = Infinity;
  let minZ = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  let maxZ = -Infinity;
  for (let offset = 0; offset + 2 < positions.length; offset += 3) {
    const x = positions[offset];
    const y = positions[offset + 1];
    const z = positions[offset + 2];
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
    if (z < minZ) minZ = z;
    if (z > maxZ) maxZ = z;
  }
  return { min: [minX, minY, minZ], max: [maxX, maxY, maxZ] };
}
