import type { Vec3 } from "@vsi/geometry";
import type { Alignment } from "../scannet/alignment.ts";

/** How many vertices an object has and their mean; metres, axis-aligned frame. */
export interface ObjectMean {
  points: number;
  centroid: Vec3;
}

/**
 * The mean of each object's vertices as a reader of the files gets it: the mean of the raw float32 positions, aligned afterwards
 * (a mean and an affine map may be exchanged), in float64.
 * @param raw x, y, z of each vertex in the scanner's frame.
 * @param objectOfVertex which object each vertex belongs to, from 0 to objectCount - 1.
 */
export function writtenMeans(
  raw: Float32Array,
  objectOfVertex: Int32Array,
  objectCount: number,
  alignment: Alignment,
): ObjectMean[] {
  const sums = new Float64Array(3 * objectCount);
  const points = new Int32Array(objectCount);
  objectOfVertex.forEach((object, vertex) => {
    points[object]++;
    for (let axis = 0; axis < 3; axis++) sums[3 * object + axis] += raw[3 * vertex + axis];
  });
  const [a, b, , shiftX, c, d, , shiftY, , , , shiftZ] = alignment;
  return Array.from(points, (count, object) => {
    const [x, y, z] = sums.subarray(3 * object, 3 * object + 3).map((sum) => sum / count);
    return { points: count, centroid: [a * x + b * y + shiftX, c * x + d * y + shiftY, z + shiftZ] };
  });
}
