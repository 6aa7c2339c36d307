import { isTestRoom, physicalRoomOf } from "@vsi/dataset";
import { readSplitLists } from "@vsi/geometry/node";
import type { Place, ReportProblem } from "../folder/problem.ts";

const SPLIT_ADVICE = "Do not train on this dataset; download it again, or rebuild it.";

/** Checks, scene by scene, that no physical room is in two splits and none that models are evaluated on is in train. */
type CheckRoom = (scene: { dataset: string; sceneName: string; split: string }, place: Place) => void;

/** VSI-Bench's test rooms and those of ScanNet's val and test lists: no other list says what models are evaluated on. */
export async function roomSplits(report: ReportProblem): Promise<CheckRoom> {
  const lists = await readSplitLists();
  const splitOfRoom = new Map<string, string>();
  return ({ dataset, sceneName, split }, place) => {
    const room = physicalRoomOf(sceneName);
    const other = splitOfRoom.get(room) ?? split;
    splitOfRoom.set(room, other);
    if (other !== split) {
      const got = `${room} in ${split}`;
      report({
        code: "room-in-two-splits",
        ...place,
        got,
        expected: `all of it in ${other}, as before`,
        advice: SPLIT_ADVICE,
      });
    }
    const list = isTestRoom(sceneName, lists) ? "test" : (lists.splitsByRoom.get(room) ?? "train");
    if (split === "train" && list !== "train") {
      const got = `${room} in train`;
      const expected = `rooms that no model is evaluated on: ${room} is of ${dataset}'s ${list} rooms`;
      report({ code: "test-room-in-train", ...place, got, expected, advice: SPLIT_ADVICE });
    }
  };
}
