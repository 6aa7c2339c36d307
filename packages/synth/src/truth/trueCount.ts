import type { RoomTruth } from "./roomTruth.ts";

/** VSI-100k's object_counting: how many objects of this label the room has; 0 when there is none. */
export function trueCount(truth: RoomTruth, label: string): number {
  return truth.objects.reduce((count, object) => (object.label === label ? count + 1 : count), 0);
}
