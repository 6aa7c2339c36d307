import { onlyObject } from "./onlyObject.ts";
import type { RoomTruth } from "./roomTruth.ts";

/**
 * VSI-100k's object_abs_distance: metres between the means of two objects' vertices, not rounded.
 * @throws SynthError "label-not-unique".
 */
export function trueCentroidDistance(truth: RoomTruth, firstLabel: string, secondLabel: string): number {
  const first = onlyObject(truth, firstLabel).centroid;
  const second = onlyObject(truth, secondLabel).centroid;
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}
