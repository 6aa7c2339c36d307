import type { RoomTruth } from "./roomTruth.ts";
import { trueCentroidDistance } from "./trueCentroidDistance.ts";

/**
 * VSI-100k's object_rel_distance: which of the labels is closest to the target, between the means of their vertices.
 * @throws SynthError "label-not-unique".
 */
export function trueNearest(truth: RoomTruth, target: string, candidates: readonly string[]): string {
  const distances = candidates.map((candidate) => trueCentroidDistance(truth, target, candidate));
  return candidates[distances.indexOf(Math.min(...distances))];
}
