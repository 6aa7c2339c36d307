import { selectByCoordinate } from "./selectByCoordinate.ts";

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
  while (count >> depth > LEAF_POINTS) depth++;
  const nodeCount = 2 ** (depth + 1) - 1;
  const firstLeaf = 2 ** depth - 1;
  const indices = Uint32Array.from({ length: count }, (_, index) => index);
  const points = Float64Array.from(positions);
  const bounds = new Float64Array(6 * nodeCount);
  const starts = new Uint32Array(nodeCount);
  const ends = new Uint32Array(nodeCount);
  ends[0] = count;
  for (let node = 0; node < nodeCount; node++) {
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

function writeBounds(bounds: Float64Array, node: number, points: Float64Array, start: number, end: number): void {
  for (let axis = 0; axis < 3; axis++) {
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
