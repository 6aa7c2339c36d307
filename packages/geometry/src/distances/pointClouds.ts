import type { SurfaceDistance, Vec3 } from "@vsi/dataset";
import { checkArguments, fields, INTEGER, listOf, POSITIONS } from "@vsi/dataset/internal";
import { take } from "../scanMemory.ts";

/** An object's vertices; metres, any frame that all clouds share. */
export interface ObjectCloud {
  /** The object's id. */
  id: number;
  /** x, y, z of each vertex in a row; metres. */
  positions: ArrayLike<number>;
}

const CLOUDS = listOf(fields({ id: INTEGER, positions: POSITIONS }), "a list of objects with id and positions");

/**
 * The distance between the closest vertices of every two objects, and where these are; each object's tree is built once.
 *
 * @param clouds ordered by id.
 * @returns one entry a pair, ordered by `a`, then `b`; not rounded. Which vertices, where several pairs are equally
 * close: see closestVertices.
 *
 * @example
 * ```js
 * import { surfaceDistances } from "@vsi/geometry";
 *
 * const clouds = [
 *   { id: 1, positions: [0, 0, 0, 1, 0, 0] },
 *   { id: 2, positions: [4, 0, 0, 3, 0, 0] },
 * ];
 * const [{ distance_m, closest }] = surfaceDistances(clouds);
 * console.log(distance_m, closest); // 2 [ [ 1, 0, 0 ], [ 3, 0, 0 ] ]
 * ```
 */
export function surfaceDistances(clouds: readonly ObjectCloud[]): SurfaceDistance[] {
  checkArguments("surfaceDistances", { clouds: [clouds, CLOUDS] });
  const trees = clouds.map((cloud) => buildPointCloudTree(cloud.positions));
  return clouds.flatMap((cloud, first) =>
    clouds.slice(first + 1).map((other, offset) => {
      const {
        distance: distance_m,
        first: ofA,
        second: ofB,
      } = closestVertices(trees[first], trees[first + 1 + offset]);
      // Of an empty cloud nothing is closest.
      if (ofA < 0) return { a: cloud.id, b: other.id, distance_m };
      return { a: cloud.id, b: other.id, distance_m, closest: [vertexOf(cloud, ofA), vertexOf(other, ofB)] };
    }),
  );
}

function vertexOf({ positions }: ObjectCloud, vertex: number): Vec3 {
  return [positions[3 * vertex], positions[3 * vertex + 1], positions[3 * vertex + 2]];
}

/** The vertex of a cloud that is nearest to a point. */
export interface NearestVertex {
  /** Metres; Infinity when the cloud is empty. */
  distance: number;
  /** The vertex, as its index in the cloud; -1 when the cloud is empty. */
  vertex: number;
}

/**
 * The vertex of a cloud that is nearest to a point, such as a camera: exact.
 *
 * @param point metres, in the cloud's frame.
 */
export function nearestVertex(tree: PointCloudTree, point: Vec3): NearestVertex {
  const { distance, first } = closestVertices(tree, buildPointCloudTree(point));
  return { distance, vertex: first };
}

export interface ClosestVertices {
  /** Metres; Infinity when a cloud is empty. */
  distance: number;
  /** The closest vertex of the first cloud, as its index there; -1 when a cloud is empty. */
  first: number;
  /** The closest vertex of the second cloud, as its index there; -1 when a cloud is empty. */
  second: number;
}

interface Best {
  squared: number;
  first: number;
  second: number;
}

/**
 * The two vertices, one of each cloud, that are closest to each other: exact, by searching both trees at once and
 * leaving out pairs of nodes whose bounds are farther apart than the best pair so far. Of several pairs that are equally
 * close, the one with the lowest index in the first cloud; of these, with the lowest in the second.
 */
export function closestVertices(first: PointCloudTree, second: PointCloudTree): ClosestVertices {
  const best: Best = { squared: Infinity, first: -1, second: -1 };
  search(first, 0, second, 0, best);
  return { distance: Math.sqrt(best.squared), first: best.first, second: best.second };
}

function search(a: PointCloudTree, nodeA: number, b: PointCloudTree, nodeB: number, best: Best): void {
  const leafA = nodeA >= a.firstLeaf;
  const leafB = nodeB >= b.firstLeaf;
  if (leafA && leafB) {
    compareLeaves(a, nodeA, b, nodeB, best);
    return;
  }
  // The node with more points is split, so that both sides' bounds shrink alike.
  const splitA = leafB || (!leafA && a.ends[nodeA] - a.starts[nodeA] >= b.ends[nodeB] - b.starts[nodeB]);
  const nearA = splitA ? 2 * nodeA + 1 : nodeA;
  const nearB = splitA ? nodeB : 2 * nodeB + 1;
  const farA = splitA ? nearA + 1 : nodeA;
  const farB = splitA ? nodeB : nearB + 1;
  const nearSquared = squaredGap(a.bounds, 6 * nearA, b.bounds, 6 * nearB);
  const farSquared = squaredGap(a.bounds, 6 * farA, b.bounds, 6 * farB);
  if (nearSquared <= farSquared) {
    if (nearSquared < best.squared || (nearSquared === best.squared && mayTie(a, nearA, b, nearB, best))) {
      search(a, nearA, b, nearB, best);
    }
    if (farSquared < best.squared || (farSquared === best.squared && mayTie(a, farA, b, farB, best))) {
      search(a, farA, b, farB, best);
    }
  } else {
    if (farSquared < best.squared || (farSquared === best.squared && mayTie(a, farA, b, farB, best))) {
      search(a, farA, b, farB, best);
    }
    if (nearSquared < best.squared || (nearSquared === best.squared && mayTie(a, nearA, b, nearB, best))) {
      search(a, nearA, b, nearB, best);
    }
  }
}

/**
 * Whether two nodes hold indices that come before the best pair's. Looked for only where bounds are exactly as far apart
 * as that pair: in a scan hardly ever, so that the trees need not keep it.
 */
function mayTie(a: PointCloudTree, nodeA: number, b: PointCloudTree, nodeB: number, best: Best): boolean {
  const first = lowestIndex(a, nodeA);
  return first < best.first || (first === best.first && lowestIndex(b, nodeB) < best.second);
}

function lowestIndex({ indices, starts, ends }: PointCloudTree, node: number): number {
  let lowest = indices.length;
  for (let place = starts[node]; place < ends[node]; place += 1) {
    if (indices[place] < lowest) lowest = indices[place];
  }
  return lowest;
}

function isBefore(first: number, second: number, best: Best): boolean {
  return first < best.first || (first === best.first && second < best.second);
}

function compareLeaves(a: PointCloudTree, nodeA: number, b: PointCloudTree, nodeB: number, best: Best): void {
  for (let i = a.starts[nodeA]; i < a.ends[nodeA]; i += 1) {
    const x = a.points[3 * i];
    const y = a.points[3 * i + 1];
    const z = a.points[3 * i + 2];
    for (let j = b.starts[nodeB]; j < b.ends[nodeB]; j += 1) {
      const dx = x - b.points[3 * j];
      const dy = y - b.points[3 * j + 1];
      const dz = z - b.points[3 * j + 2];
      const squared = dx * dx + dy * dy + dz * dz;
      if (!(squared <= best.squared)) continue;
      if (squared < best.squared || isBefore(a.indices[i], b.indices[j], best)) {
        best.squared = squared;
        best.first = a.indices[i];
        best.second = b.indices[j];
      }
    }
  }
}

/** Squared distance of two nodes' bounds. */
function squaredGap(boundsA: Float64Array, offsetA: number, boundsB: Float64Array, offsetB: number): number {
  let squared = 0;
  for (let axis = 0; axis < 3; axis += 1) {
    const above = boundsA[offsetA + axis] - boundsB[offsetB + 3 + axis];
    const below = boundsB[offsetB + axis] - boundsA[offsetA + 3 + axis];
    const gap = Math.max(above, below);
    if (gap > 0) squared += gap * gap;
  }
  return squared;
}

/** 12: of 4 to 32 the least time to build the trees of a real scan and search all pairs of them. */
const LEAF_POINTS = 12;

/**
 * A balanced k-d tree over a cloud, with the bounds of every node. Node i has the children 2i + 1 and 2i + 2, and holds
 * the points starts[i] up to ends[i]; nodes from firstLeaf on are leaves.
 */
export interface PointCloudTree {
  /** x, y, z of each point in the tree's order. */
  points: Float64Array;
  /** For each point in the tree's order, its index in the cloud. */
  indices: Uint32Array;
  /** min x, y, z and max x, y, z of each node. */
  bounds: Float64Array;
  starts: Uint32Array;
  ends: Uint32Array;
  firstLeaf: number;
}

/**
 * Builds the tree once a cloud, to be searched against many others.
 *
 * @param positions x, y, z of each point in a row; metres; finite.
 */
export function buildPointCloudTree(positions: ArrayLike<number>): PointCloudTree {
  const count = Math.floor(positions.length / 3);
  let depth = 0;
  while (count >> depth > LEAF_POINTS) depth += 1;
  const nodeCount = 2 ** (depth + 1) - 1;
  const firstLeaf = 2 ** depth - 1;
  // Filled in loops: typed arrays' from() calls a function for each number, and took most of the tree's time.
  const indices = take(Uint32Array, count);
  for (let index = 0; index < count; index += 1) indices[index] = index;
  const points = take(Float64Array, positions.length);
  points.set(positions);
  const bounds = take(Float64Array, 6 * nodeCount);
  const starts = take(Uint32Array, nodeCount);
  const ends = take(Uint32Array, nodeCount);
  starts[0] = 0;
  ends[0] = count;
  for (let node = 0; node < nodeCount; node += 1) {
    writeBounds(bounds, node, points, starts[node], ends[node]);
    if (node >= firstLeaf) continue;
    const middle = (starts[node] + ends[node]) >> 1;
    selectByCoordinate(points, indices, starts[node], ends[node] - 1, middle, longestAxis(bounds, node));
    starts[2 * node + 1] = starts[node];
    ends[2 * node + 1] = middle;
    starts[2 * node + 2] = middle;
    ends[2 * node + 2] = ends[node];
  }
  return { points, indices, bounds, starts, ends, firstLeaf };
}

/** A cloud's point, by its index in the cloud. */
export function treePoint({ points, indices }: PointCloudTree, index: number): Vec3 {
  const place = 3 * indices.indexOf(index);
  return [points[place], points[place + 1], points[place + 2]];
}

function writeBounds(bounds: Float64Array, node: number, points: Float64Array, start: number, end: number): void {
  for (let axis = 0; axis < 3; axis += 1) {
    let min = Infinity;
    let max = -Infinity;
    for (let offset = 3 * start + axis; offset < 3 * end; offset += 3) {
      const coordinate = points[offset];
      if (coordinate < min) min = coordinate;
      if (coordinate > max) max = coordinate;
    }
    bounds[6 * node + axis] = min;
    bounds[6 * node + 3 + axis] = max;
  }
}

function longestAxis(bounds: Float64Array, node: number): number {
  const sizeX = bounds[6 * node + 3] - bounds[6 * node];
  const sizeY = bounds[6 * node + 4] - bounds[6 * node + 1];
  const sizeZ = bounds[6 * node + 5] - bounds[6 * node + 2];
  if (sizeX >= sizeY && sizeX >= sizeZ) return 0;
  return sizeY >= sizeZ ? 1 : 2;
}

/**
 * Reorders points first..last (inclusive) so that none before `middle` is greater than it along the axis and none after
 * it is smaller (Hoare's quickselect, median of three).
 *
 * @param points x, y, z of each point in a row; reordered in place.
 * @param indices reordered along with the points.
 * @param axis 0, 1 or 2.
 */
export function selectByCoordinate(
  points: Float64Array,
  indices: Uint32Array,
  first: number,
  last: number,
  middle: number,
  axis: number,
): void {
  let left = first;
  let right = last;
  while (left < right) {
    const pivot = medianOfThree(
      points[3 * left + axis],
      points[3 * ((left + right) >> 1) + axis],
      points[3 * right + axis],
    );
    let low = left;
    let high = right;
    while (low <= high) {
      while (points[3 * low + axis] < pivot) low += 1;
      while (points[3 * high + axis] > pivot) high -= 1;
      if (low <= high) swap(points, indices, low++, high--);
    }
    if (middle <= high) right = high;
    else if (middle >= low) left = low;
    else return;
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function swap(points: Float64Array, indices: Uint32Array, a: number, b: number): void {
  const index = indices[a];
  indices[a] = indices[b];
  indices[b] = index;
  for (let axis = 0; axis < 3; axis += 1) {
    const coordinate = points[3 * a + axis];
    points[3 * a + axis] = points[3 * b + axis];
    points[3 * b + axis] = coordinate;
  }
}
