import { type DatasetSplit, physicalRoomOf } from "@vsi/dataset";
import { BuildStoppedError } from "../buildStoppedError.ts";

/**
 * The last look before anything is written: no room that models are evaluated on may be trained on. All of VSI-Bench's
 * ScanNet rooms stand in ScanNet's own val list.
 *
 * @param splitsByRoom ScanNet's lists, by physical room.
 * @throws BuildStoppedError naming the scan; such a dataset must not exist, whatever led to it.
 */
export function checkTrainingRooms(
  scans: readonly { scanId: string; split: DatasetSplit }[],
  splitsByRoom: ReadonlyMap<string, "train" | "val" | "test">,
): void {
  const splitOfRoom = new Map<string, DatasetSplit>();
  for (const { scanId, split } of scans) {
    const room = physicalRoomOf(scanId);
    const listed = splitsByRoom.get(room);
    if (split === "train" && listed !== undefined && listed !== "train") {
      throw new BuildStoppedError(
        `${scanId}: would go to train, but ${room} is on ScanNet's ${listed} list, which VSI-Bench's rooms come from. Nothing was written; build its shard again.`,
      );
    }
    const other = splitOfRoom.get(room) ?? split;
    if (other !== split) {
      throw new BuildStoppedError(
        `${scanId}: would go to ${split}, but another scan of ${room} goes to ${other}. Nothing was written; build its shard again.`,
      );
    }
    splitOfRoom.set(room, split);
  }
}
