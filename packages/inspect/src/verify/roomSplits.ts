import { isTestRoom, physicalRoomOf, type SceneFacts } from "@vsi/dataset";
import { roomOfScene } from "@vsi/dataset/internal";
import { readSplitLists } from "@vsi/geometry/node";
import type { Place, ReportProblem } from "../folder/problem.ts";

const SPLIT_ADVICE = "Do not train on this dataset; download it again, or rebuild it.";

/** A scene that questions of a split are about; its facts are null where they cannot be used. */
interface SplitScene {
  dataset: string;
  sceneName: string;
  split: string;
  facts: Pick<SceneFacts, "physical_room" | "room_split"> | null;
}

/** Checks that no physical room is in two splits and none that models are evaluated on is in train. */
export interface RoomSplits {
  /** Scene by scene, where its questions begin. */
  check(scene: SplitScene, place: Place): void;
  /** Of a scene without questions: its room may be tested on. */
  note(sceneName: string, facts: NonNullable<SplitScene["facts"]>): void;
  /** Once all scenes were seen: a benchmark may test on another scene of a room in train. */
  finish(): void;
}

/**
 * VSI-Bench's test rooms, those of ScanNet's val and test lists, and those that the facts, from a table of rooms, say are
 * tested on: no other list says what models are evaluated on.
 */
export async function roomSplits(report: ReportProblem): Promise<RoomSplits> {
  const lists = await readSplitLists();
  const splitOfRoom = new Map<string, string>();
  const trained = new Map<string, { dataset: string; place: Place }>();
  const tested = new Set<string>();
  const isTested = (sceneName: string, room: string, facts: SplitScene["facts"]): boolean =>
    facts?.room_split === "test" || isTestRoom(sceneName, lists) || isTestRoom(room, lists);
  const listOf = (room: string) => lists.splitsByRoom.get(room) ?? "train";
  const reportTrained = (room: string, { dataset, place }: { dataset: string; place: Place }, list: string): void => {
    const expected = `rooms that no model is evaluated on: ${room} is of ${dataset}'s ${list} rooms`;
    report({ code: "test-room-in-train", ...place, got: `${room} in train`, expected, advice: SPLIT_ADVICE });
  };
  const note: RoomSplits["note"] = (sceneName, facts) => {
    const room = roomOfScene(sceneName, facts);
    if (isTested(sceneName, room, facts)) tested.add(room);
  };
  return {
    check({ dataset, sceneName, split, facts }, place) {
      const room = roomOfScene(sceneName, facts ?? {});
      const other = splitOfRoom.get(room) ?? split;
      splitOfRoom.set(room, other);
      if (other !== split) {
        const got = `${room} in ${split}`;
        const expected = `all of it in ${other}, as before`;
        report({ code: "room-in-two-splits", ...place, got, expected, advice: SPLIT_ADVICE });
      }
      note(sceneName, facts ?? {});
      const named = listOf(physicalRoomOf(sceneName));
      const list = isTested(sceneName, room, facts) ? "test" : named === "train" ? listOf(room) : named;
      if (split !== "train") return;
      if (list === "train") trained.set(room, trained.get(room) ?? { dataset, place });
      else reportTrained(room, { dataset, place }, list);
    },
    note,
    finish() {
      for (const [room, scene] of trained) if (tested.has(room)) reportTrained(room, scene, "test");
    },
  };
}
