import type { AxisAlignedBox, Vec3 } from "@vsi/dataset";
import { argumentError, checkArguments, isNumbers, type Kind, orNull, POSITIONS } from "@vsi/dataset/internal";
import { take } from "./scanMemory.ts";

/**
 * Vertices that a call takes of a loop that a scan has once. While a loop runs V8 can compile it from within, not knowing the
 * types of what came before: loops over doubles then take three to four times as long. It may keep to that code for all scans
 * to come, if what follows the loop had not been seen by then, or is of another kind later: a list of integers, then of
 * others. Short calls are compiled as a whole. So hot loops, here and in boxes/, take and give numbers and typed arrays
 * alone: moving the vertices of a real scan took 1.6 ms in most processes, and takes 0.7.
 */
const STRETCH = 1024;

/**
 * The smallest box with edges along the frame's axes that holds all vertices.
 *
 * @param positions x, y, z of each vertex in a row; metres; at least one vertex.
 * @returns the box; infinite (min above max) for no vertex.
 *
 * @example
 * ```js
 * import { axisAlignedBox } from "@vsi/geometry";
 *
 * const { min, max } = axisAlignedBox([0, 0, 0, 2, 1, 0.5]);
 * console.log(min.join(" "), "to", max.join(" ")); // 0 0 0 to 2 1 0.5
 * ```
 */
export function axisAlignedBox(positions: ArrayLike<number>): AxisAlignedBox {
  checkArguments("axisAlignedBox", { positions: [positions, POSITIONS] });
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
 * @param positions x, y, z of each vertex in a row; metres; at least one vertex.
 * @throws OptionsError "argument-value" for no vertex, and for numbers that are not finite.
 *
 * @example
 * ```js
 * import { centroid } from "@vsi/geometry";
 *
 * console.log(centroid([0, 0, 0, 2, 0, 0, 4, 3, 0]).join(" ")); // 2 1 0
 * ```
 */
export function centroid(positions: ArrayLike<number>): Vec3 {
  checkArguments("centroid", { positions: [positions, POSITIONS] });
  let sumX = 0;
  let sumY = 0;
  let sumZ = 0;
  for (let offset = 0; offset < positions.length; offset += 3) {
    sumX += positions[offset];
    sumY += positions[offset + 1];
    sumZ += positions[offset + 2];
  }
  const count = positions.length / 3;
  // One sum is enough: what is not finite stays so.
  if (!Number.isFinite((sumX + sumY + sumZ) / count)) {
    throw argumentError("centroid", "positions", positions, "finite numbers, one vertex or more");
  }
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

/** What a caller may give as any list of numbers, for a loop that should meet one kind only. */
export function asDoubles(positions: ArrayLike<number>): Float64Array {
  return positions instanceof Float64Array ? positions : Float64Array.from(positions);
}

export const INT32S: Kind = { words: "an Int32Array", fits: (value) => value instanceof Int32Array };

const INDICES: Kind = { words: "a Uint32Array of indices", fits: (value) => value instanceof Uint32Array };

export const MATRIX: Kind = {
  words: "16 numbers, row major",
  fits: (value) => isNumbers(value) && value.length === 16,
};

/**
 * Copies the vertices of one object out of a scan.
 *
 * @param positions x, y, z of each vertex of the scan in a row.
 * @param vertices indices of the vertices wanted.
 * @returns x, y, z of the vertices wanted, in that order.
 *
 * @example
 * ```js
 * import { gatherPositions } from "@vsi/geometry";
 *
 * const mesh = Float32Array.of(0, 0, 0, 1, 0, 0, 2, 0, 0);
 * console.log(gatherPositions(mesh, Uint32Array.of(2, 0)).join(" ")); // 2 0 0 0 0 0
 * ```
 */
export function gatherPositions(positions: ArrayLike<number>, vertices: Uint32Array): Float64Array {
  checkArguments("gatherPositions", { positions: [positions, POSITIONS], vertices: [vertices, INDICES] });
  return gatherObject(positions, vertices).positions;
}

/** The vertices of one object, and what one pass over them tells. */
export interface GatheredObject {
  /** x, y, z of each vertex in a row, in the order of the scan's segments. */
  positions: Float64Array;
  /** As `axisAlignedBox` gives it. */
  bounds: AxisAlignedBox;
  /** As `centroid` gives it. */
  mean: Vec3;
}

/**
 * `gatherPositions`, `axisAlignedBox` and `centroid` in one pass over the vertices.
 *
 * @param into as large as the gathered positions, or larger.
 */
export function gatherObject(
  positions: ArrayLike<number>,
  vertices: Uint32Array,
  into: Float64Array = take(Float64Array, 3 * vertices.length),
): GatheredObject {
  gatherAndMeasure(positions, vertices, into, measures);
  const [minX, minY, minZ, maxX, maxY, maxZ, sumX, sumY, sumZ] = measures;
  const count = vertices.length;
  return {
    positions: into.length === 3 * count ? into : into.subarray(0, 3 * count),
    bounds: { min: [minX, minY, minZ], max: [maxX, maxY, maxZ] },
    mean: [sumX / count, sumY / count, sumZ / count],
  };
}

/** Minima, maxima and sums of x, y and z. Written anew for each object. */
const measures = new Float64Array(9);

function gatherAndMeasure(
  positions: ArrayLike<number>,
  vertices: Uint32Array,
  gathered: Float64Array,
  measured: Float64Array,
): void {
  let minX = Infinity;
  let minY = Infinity;
  let minZ = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  let maxZ = -Infinity;
  let sumX = 0;
  let sumY = 0;
  let sumZ = 0;
  for (let index = 0, target = 0; index < vertices.length; index += 1, target += 3) {
    const source = 3 * vertices[index];
    const x = positions[source];
    const y = positions[source + 1];
    const z = positions[source + 2];
    gathered[target] = x;
    gathered[target + 1] = y;
    gathered[target + 2] = z;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
    if (z < minZ) minZ = z;
    if (z > maxZ) maxZ = z;
    sumX += x;
    sumY += y;
    sumZ += z;
  }
  measured[0] = minX;
  measured[1] = minY;
  measured[2] = minZ;
  measured[3] = maxX;
  measured[4] = maxY;
  measured[5] = maxZ;
  measured[6] = sumX;
  measured[7] = sumY;
  measured[8] = sumZ;
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
 *
 * @example
 * ```js
 * import { alignPositions } from "@vsi/geometry";
 *
 * // A quarter turn about +Z, then one metre along x: row major, as ScanNet's axisAlignment.
 * const axisAlignment = [0, -1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
 * console.log([...alignPositions([2, 0, 0.5], axisAlignment)].join(" ")); // 1 2 0.5
 * ```
 */
export function alignPositions(positions: ArrayLike<number>, axisAlignment: ArrayLike<number> | null): Float64Array {
  checkArguments("alignPositions", {
    positions: [positions, POSITIONS],
    axisAlignment: [axisAlignment, orNull(MATRIX)],
  });
  return alignAndBound(positions, axisAlignment).positions;
}

/** `alignPositions`, and `axisAlignedBox` of what it gives, in one pass over the vertices. */
export function alignAndBound(
  positions: ArrayLike<number>,
  axisAlignment: ArrayLike<number> | null,
): { positions: Float64Array; bounds: AxisAlignedBox } {
  // Float64: rounding back to float32 would cost up to half a micrometre, as much as the facts' own rounding.
  const aligned = take(Float64Array, positions.length);
  if (axisAlignment === null) {
    aligned.set(positions);
    return { positions: aligned, bounds: axisAlignedBox(aligned) };
  }
  const matrix = Float64Array.from(axisAlignment);
  const bounds = Float64Array.of(Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity);
  for (let start = 0; start < aligned.length; start += 3 * STRETCH) {
    moveVertices(positions, matrix, start, Math.min(start + 3 * STRETCH, aligned.length), aligned, bounds);
  }
  const [wx, wy, wz, wMove] = matrix.subarray(12);
  if (wx === 0 && wy === 0 && wz === 0 && wMove === 1) {
    const [minX, minY, minZ, maxX, maxY, maxZ] = bounds;
    return { positions: aligned, bounds: { min: [minX, minY, minZ], max: [maxX, maxY, maxZ] } };
  }
  // The last row may be off by the rounding of the file's digits.
  for (let offset = 0; offset < aligned.length; offset += 3) {
    const w = wx * positions[offset] + wy * positions[offset + 1] + wz * positions[offset + 2] + wMove || 1;
    aligned[offset] /= w;
    aligned[offset + 1] /= w;
    aligned[offset + 2] /= w;
  }
  return { positions: aligned, bounds: axisAlignedBox(aligned) };
}

/**
 * Multiplies vertices by the matrix's first three rows, and widens the bounds by them: minima, then maxima. On its own, and
 * from a typed array: numbers that came out of a list, or a branch for the last row, doubled its time.
 */
function moveVertices(
  positions: ArrayLike<number>,
  matrix: Float64Array,
  start: number,
  end: number,
  moved: Float64Array,
  bounds: Float64Array,
): void {
  const xx = matrix[0];
  const xy = matrix[1];
  const xz = matrix[2];
  const xMove = matrix[3];
  const yx = matrix[4];
  const yy = matrix[5];
  const yz = matrix[6];
  const yMove = matrix[7];
  const zx = matrix[8];
  const zy = matrix[9];
  const zz = matrix[10];
  const zMove = matrix[11];
  let minX = bounds[0];
  let minY = bounds[1];
  let minZ = bounds[2];
  let maxX = bounds[3];
  let maxY = bounds[4];
  let maxZ = bounds[5];
  for (let offset = start; offset < end; offset += 3) {
    const meshX = positions[offset];
    const meshY = positions[offset + 1];
    const meshZ = positions[offset + 2];
    const x = xx * meshX + xy * meshY + xz * meshZ + xMove;
    const y = yx * meshX + yy * meshY + yz * meshZ + yMove;
    const z = zx * meshX + zy * meshY + zz * meshZ + zMove;
    moved[offset] = x;
    moved[offset + 1] = y;
    moved[offset + 2] = z;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
    if (z < minZ) minZ = z;
    if (z > maxZ) maxZ = z;
  }
  bounds[0] = minX;
  bounds[1] = minY;
  bounds[2] = minZ;
  bounds[3] = maxX;
  bounds[4] = maxY;
  bounds[5] = maxZ;
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
  const count = segmentIds.length;
  const slots = take(Uint32Array, count);
  // ScanNet names a segment after one of its vertices: a table of that length answers faster than the map.
  const slotOfVertexNumber = take(Uint32Array, count).fill(unclaimed);
  for (const [segment, slot] of slotOfSegment) slotOfVertexNumber[segment] = slot;
  for (let start = 0; start < count; start += STRETCH) {
    const end = Math.min(start + STRETCH, count);
    findSlots(segmentIds, slotOfSegment, slotOfVertexNumber, start, end, slots, starts);
  }
  for (let slot = 0; slot <= unclaimed; slot += 1) starts[slot + 1] += starts[slot];
  const order = take(Uint32Array, count);
  const next = starts.slice();
  for (let start = 0; start < count; start += STRETCH) {
    placeVertices(slots, start, Math.min(start + STRETCH, count), next, order);
  }
  return { order, starts };
}

/**
 * Finds the slots of a stretch of vertices, and counts the vertices of each from the second place of `sizes` on. Vertices
 * of a segment mostly stand in a row, 10 of a generated scan and 2.5 of a real one: counting them by the row takes half
 * the time of the one, and as much of the other.
 */
function findSlots(
  segmentIds: Int32Array,
  slotOfSegment: Map<number, number>,
  slotOfVertexNumber: Uint32Array,
  start: number,
  end: number,
  slots: Uint32Array,
  sizes: Uint32Array,
): void {
  const unclaimed = slotOfSegment.size;
  const listed = slotOfVertexNumber.length;
  // Any but the first vertex's.
  let rowSegment = ~segmentIds[start];
  let slot = unclaimed;
  let row = 0;
  for (let vertex = start; vertex < end; vertex += 1) {
    const segment = segmentIds[vertex];
    if (segment !== rowSegment) {
      sizes[slot + 1] += row;
      row = 0;
      rowSegment = segment;
      // Asked first: V8 is slow at reads beyond an array's end.
      slot = segment >>> 0 < listed ? slotOfVertexNumber[segment] : (slotOfSegment.get(segment) ?? unclaimed);
    }
    slots[vertex] = slot;
    row += 1;
  }
  sizes[slot + 1] += row;
}

/** Puts each vertex of a stretch where the next of its slot stands, and moves that on, once for vertices in a row. */
function placeVertices(slots: Uint32Array, start: number, end: number, next: Uint32Array, order: Uint32Array): void {
  let rowSlot = slots[start];
  let place = next[rowSlot];
  for (let vertex = start; vertex < end; vertex += 1) {
    const slot = slots[vertex];
    if (slot !== rowSlot) {
      next[rowSlot] = place;
      rowSlot = slot;
      place = next[slot];
    }
    order[place] = vertex;
    place += 1;
  }
  next[rowSlot] = place;
}

/**
 * The value that would stand at place `rank` if the values were sorted, without sorting them all (Hoare's quickselect):
 * 2.3 ms for 150,000 heights, which take 23 ms to sort. Moves the values about.
 *
 * @param values finite.
 */
export function valueOfRank(values: Float64Array, rank: number): number {
  let first = 0;
  let last = values.length - 1;
  while (first < last) {
    const pivot = values[(first + last) >> 1];
    let low = first;
    let high = last;
    while (low <= high) {
      while (values[low] < pivot) low += 1;
      while (values[high] > pivot) high -= 1;
      if (low > high) break;
      const lower = values[high];
      values[high] = values[low];
      values[low] = lower;
      low += 1;
      high -= 1;
    }
    if (rank <= high) last = high;
    else if (rank >= low) first = low;
    else break;
  }
  return values[rank];
}
