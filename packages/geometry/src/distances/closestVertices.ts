import type { PointCloudTree } from "./pointCloudTree.ts";

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
 * leaving out pairs of nodes whose bounds are farther apart than the best pair so far.
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
    if (nearSquared < best.squared) search(a, nearA, b, nearB, best);
    if (farSquared < best.squared) search(a, farA, b, farB, best);
  } else {
    if (farSquared < best.squared) search(a, farA, b, farB, best);
    if (nearSquared < best.squared) search(a, nearA, b, nearB, best);
  }
}

function compareLeaves(a: PointCloudTree, nodeA: number, b: PointCloudTree, nodeB: number, best: Best): void {
  for (let i = a.starts[nodeA]; i < a.ends[nodeA]; i++) {
    const x = a.points[3 * i];
    const y = a.points[3 * i + 1];
    const z = a.points[3 * i + 2];
    for (let j = b.starts[nodeB]; j < b.ends[nodeB]; j++) {
      const dx = x - b.points[3 * j];
      const dy = y - b.points[3 * j + 1];
      const dz = z - b.points[3 * j + 2];
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared < best.squared) {
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
  for (let axis = 0; axis < 3; axis++) {
    const above = boundsA[offsetA + axis] - boundsB[offsetB + 3 + axis];
    const below = boundsB[offsetB + axis] - boundsA[offsetA + 3 + axis];
    const gap = Math.max(above, below);
    if (gap > 0) squared += gap * gap;
  }
  return squared;
}
