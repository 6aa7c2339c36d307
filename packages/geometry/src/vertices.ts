import type { AxisAlignedBox, Vec3 } from "@vsi/dataset";
import { type mat4, vec3 } from "gl-matrix";

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

export function covariance(positions: ArrayLike<number>, mean: Vec3): [Vec3, Vec3, Vec3] {
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
export function extentAlong(positions: ArrayLike<number>, mean: Vec3, axis: Vec3) {
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

/**
 * Copies the vertices of one object out of a scan.
 *
 * @param positions x, y, z of each vertex of the scan in a row.
 * @param vertices indices of the vertices wanted.
 * @returns x, y, z of the vertices wanted, in that order.
 */
export function gatherPositions(positions: ArrayLike<number>, vertices: Uint32Array): Float64Array {
  const gathered = new Float64Array(3 * vertices.length);
  for (let index = 0; index < vertices.length; index += 1) {
    const source = 3 * vertices[index];
    const target = 3 * index;
    gathered[target] = positions[source];
    gathered[target + 1] = positions[source + 1];
    gathered[target + 2] = positions[source + 2];
  }
  return gathered;
}

/**
 * How far the closest of some vertices is from a point, such as a camera. Trying all of them is quicker than a tree: a
 * few dozen frames look at an object.
 *
 * @param positions x, y, z of each vertex of the scan in a row; metres.
 * @param vertices indices of the vertices to try, at least one.
 * @param point metres, in the frame of the positions.
 */
export function closestVertexDistance(positions: ArrayLike<number>, vertices: Uint32Array, point: Vec3): number {
  let best = Infinity;
  for (let index = 0; index < vertices.length; index += 1) {
    const offset = 3 * vertices[index];
    const x = positions[offset] - point[0];
    const y = positions[offset + 1] - point[1];
    const z = positions[offset + 2] - point[2];
    const squared = x * x + y * y + z * z;
    if (squared < best) best = squared;
  }
  return Math.sqrt(best);
}

/**
 * Moves vertices into the axis-aligned frame: each is multiplied by ScanNet's `axisAlignment`.
 *
 * @param positions x, y, z of each vertex in a row, metres, as the mesh file holds them.
 * @param axisAlignment 16 numbers, row major (a yaw and a translation); null where the scan's `.txt` has none: identity.
 * @returns x, y, z of each vertex, metres, axis-aligned, +Z up. A new array: the input stays as it was.
 */
export function alignPositions(positions: ArrayLike<number>, axisAlignment: ArrayLike<number> | null): Float64Array {
  // Float64: rounding back to float32 would cost up to half a micrometre, as much as the facts' own rounding.
  if (axisAlignment === null) return new Float64Array(positions);
  const aligned = new Float64Array(positions.length);
  const matrix = columnMajor(axisAlignment);
  const point: vec3 = [0, 0, 0];
  for (let offset = 0; offset < aligned.length; offset += 3) {
    point[0] = positions[offset];
    point[1] = positions[offset + 1];
    point[2] = positions[offset + 2];
    vec3.transformMat4(point, point, matrix);
    aligned[offset] = point[0];
    aligned[offset + 1] = point[1];
    aligned[offset + 2] = point[2];
  }
  return aligned;
}

/** gl-matrix stores columns; its own `mat4.create` would store float32 and lose the file's sixth decimal. */
function columnMajor(m: ArrayLike<number>): mat4 {
  return [m[0], m[4], m[8], m[12], m[1], m[5], m[9], m[13], m[2], m[6], m[10], m[14], m[3], m[7], m[11], m[15]];
}

/**
 * The first coordinate that is NaN or infinite.
 *
 * @returns its index; -1 where all are finite.
 */
export function firstNotFinite(positions: Float32Array): number {
  // A finite number minus itself is 0, anything else NaN: one branch for the whole mesh.
  let check = 0;
  for (let index = 0; index < positions.length; index += 1) check += positions[index] - positions[index];
  return check === 0 ? -1 : positions.findIndex((value) => !Number.isFinite(value));
}

/** Vertices ordered by slot; those of slot s stand at starts[s] up to starts[s + 1]. */
export function sortBySlot(segmentIds: Int32Array, slotOfSegment: Map<number, number>) {
  const unclaimed = slotOfSegment.size;
  const starts = new Uint32Array(unclaimed + 2);
  const slots = new Uint32Array(segmentIds.length);
  // ScanNet names a segment after one of its vertices: a table of that length answers faster than the map.
  const slotOfVertexNumber = new Uint32Array(segmentIds.length).fill(unclaimed);
  for (const [segment, slot] of slotOfSegment) slotOfVertexNumber[segment] = slot;
  for (let vertex = 0; vertex < segmentIds.length; vertex += 1) {
    const segment = segmentIds[vertex];
    const slot = slotOfVertexNumber[segment] ?? slotOfSegment.get(segment) ?? unclaimed;
    slots[vertex] = slot;
    starts[slot + 1] += 1;
  }
  for (let slot = 0; slot <= unclaimed; slot += 1) starts[slot + 1] += starts[slot];
  const order = new Uint32Array(segmentIds.length);
  const next = starts.slice();
  for (let vertex = 0; vertex < slots.length; vertex += 1) order[next[slots[vertex]]++] = vertex;
  return { order, starts };
}
