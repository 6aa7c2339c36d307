import { physicalRoomOf } from "@vsi/dataset";
import { readSplits } from "@vsi/geometry/node";
import type { Place, ReportProblem } from "../folder/problem.ts";

const SPLIT_ADVICE = "Do not train on this dataset; download it again, or rebuild it.";

/** Datasets of which only VSI-Bench's published test rooms can be read: all of their scenes are for evaluation. */
const EVALUATION_ONLY: readonly string[] = ["arkitscenes", "scannetpp"];

/** Checks, scene by scene, that no physical room is in two splits and none that models are evaluated on is in train. */
type CheckRoom = (scene: { dataset: string; sceneName: string; split: string }, place: Place) => void;

/** All of VSI-Bench's ScanNet rooms are on ScanNet's val list; the rooms of its test list have no annotation. */
export async function roomSplits(report: ReportProblem): Promise<CheckRoom> {
  const listOfRoom = await readSplits();
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
    const list = EVALUATION_ONLY.includes(dataset) ? "test" : (listOfRoom.get(room) ?? "train");
    if (split === "train" && list !== "train") {
      const got = `${room} in train`;
      const expected = `rooms that no model is evaluated on: ${room} is of ${dataset}'s ${list} rooms`;
      report({ code: "test-room-in-train", ...place, got, expected, advice: SPLIT_ADVICE });
    }
  };
}
