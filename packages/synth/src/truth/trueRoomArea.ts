import type { RoomTruth } from "./roomTruth.ts";

/** VSI-100k's room_size_estimation: square metres inside the outer walls, not rounded; pillars and partitions count. */
export function trueRoomArea(truth: RoomTruth): number {
  return truth.area;
}
