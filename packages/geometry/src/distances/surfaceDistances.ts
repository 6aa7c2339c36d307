import type { SurfaceDistance } from "../sceneFacts.ts";
import { closestVertices } from "./closestVertices.ts";
import { buildPointCloudTree } from "./pointCloudTree.ts";

export interface ObjectCloud {
  /** The object's id. */
  id: number;
  /** x, y, z of each vertex in a row; metres. */
  positions: ArrayLike<number>;
}

/**
 * The distance between the closest vertices of every two objects; each object's tree is built once.
 *
 * @param clouds ordered by id.
 * @returns one entry a pair, ordered by `a`, then `b`; not rounded.
 */
export function surfaceDistances(clouds: readonly ObjectCloud[]): SurfaceDistance[] {
  const trees = clouds.map((cloud) => buildPointCloudTree(cloud.positions));
  return clouds.flatMap((cloud, first) =>
    clouds.slice(first + 1).map((other, offset) => ({
      a: cloud.id,
      b: other.id,
      distance_m: closestVertices(trees[first], trees[first + 1 + offset]).distance,
    })),
  );
}
