import { physicalRoomOf } from "./physicalRoomOf.ts";
import { seededShare } from "./seededShare.ts";

/** ScanNet's name of a list, as in scannetv2_train.txt, scannetv2_val.txt and scannetv2_test.txt. */
export type ScanNetSplit = "train" | "val" | "test";

/** The dataset folder's name of a split: data/<split>.jsonl. */
export type DatasetSplit = "train" | "validation" | "test";

/** Of the rooms on no list, the share that goes to validation; the others go to train. */
export const VALIDATION_SHARE = 0.1;

/**
 * The split of a scan: its room's list, or, for a room on no list, a seeded hash of the room (90 % train, 10 %
 * validation; never test). Scans of one physical room always share a split, so that no room is both trained on and
 * validated with.
 *
 * @param scanId "scene0000_00".
 * @param splitsByRoom by physical room: "scene0000" to its list.
 */
export function splitOf(scanId: string, splitsByRoom: ReadonlyMap<string, ScanNetSplit>, seed: number): DatasetSplit {
  const room = physicalRoomOf(scanId);
  const listed = splitsByRoom.get(room);
  if (listed === undefined) {
    return seededShare(seed, room) < VALIDATION_SHARE ? "validation" : "train";
  }
  return listed === "val" ? "validation" : listed;
}
