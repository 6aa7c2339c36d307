import type { TrueFrame } from "./streamTruth.ts";

/**
 * VSI-Bench's obj_appearance_order: the first frame in which each object has at least `leastPixels` pixels, by object id.
 * Objects that never have so many are not in it.
 */
export function trueFirstSeen(frames: readonly TrueFrame[], leastPixels: number): Map<number, number> {
  const firstSeen = new Map<number, number>();
  for (const { index, visible } of frames) {
    for (const { objectId, pixels } of visible) {
      if (pixels >= leastPixels && !firstSeen.has(objectId)) firstSeen.set(objectId, index);
    }
  }
  return firstSeen;
}
