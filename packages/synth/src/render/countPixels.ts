import type { VisibleObject } from "../truth/streamTruth.ts";

/** How many pixels each object has; by object id, without -1. */
export function countPixels(objectIds: Int32Array): VisibleObject[] {
  const counts = new Map<number, number>();
  for (const objectId of objectIds) {
    if (objectId >= 0) counts.set(objectId, (counts.get(objectId) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([objectId, pixels]) => ({ objectId, pixels }));
}
