import type { AggregatedObject } from "./aggregation.ts";

/**
 * Drops every object that repeats an earlier one: the same label and the same set of segments, whatever its id.
 * scene0217_00 of the real release lists all its objects twice, from objectId 31 on (ScanNet issue 51).
 *
 * @returns The objects that are left, in order, and the ids of the dropped ones.
 */
export function removeDoubledObjects(objects: readonly AggregatedObject[]): {
  objects: AggregatedObject[];
  droppedIds: number[];
} {
  const seen = new Set<string>();
  const kept: AggregatedObject[] = [];
  const droppedIds: number[] = [];
  for (const object of objects) {
    const segments = [...new Set(object.segments)].sort((first, second) => first - second);
    const content = JSON.stringify([object.label, segments]);
    if (seen.has(content)) droppedIds.push(object.id);
    else kept.push(object);
    seen.add(content);
  }
  return { objects: kept, droppedIds };
}
