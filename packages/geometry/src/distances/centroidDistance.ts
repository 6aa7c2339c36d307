import type { SceneObject } from "../sceneFacts.ts";

/** The distance between the centroids of two objects, metres (VSI-100k's object_abs_distance, arXiv 2504.00883). */
export function centroidDistance(a: Pick<SceneObject, "centroid">, b: Pick<SceneObject, "centroid">): number {
  const dx = a.centroid[0] - b.centroid[0];
  const dy = a.centroid[1] - b.centroid[1];
  const dz = a.centroid[2] - b.centroid[2];
  // Not Math.hypot, whose last digit may differ between engines: the same facts must give the same answer everywhere.
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}
