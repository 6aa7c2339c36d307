import type { Vec3 } from "../sceneFacts.ts";
import { closestVertices } from "./closestVertices.ts";
import { buildPointCloudTree, type PointCloudTree } from "./pointCloudTree.ts";

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
