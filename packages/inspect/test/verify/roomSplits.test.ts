import { expect, test } from "@jest/globals";
import type { StatedRoom } from "@vsi/dataset";
import { roomSplits } from "../../src/verify/roomSplits.ts";

const PLACE = { file: "data/train.jsonl", line: 1, id: null };

/** Of a scene without questions the split is null. */
type Scene = [dataset: string, sceneName: string, split: string | null, facts?: StatedRoom];

async function codesOf(...scenes: readonly Scene[]): Promise<string[]> {
  const codes: string[] = [];
  const rooms = await roomSplits((problem) => codes.push(problem.code));
  for (const [dataset, sceneName, split, facts = {}] of scenes) {
    if (split === null) rooms.note(sceneName, facts);
    else rooms.check({ dataset, sceneName, split, facts }, PLACE);
  }
  rooms.finish();
  return codes;
}

test.each<[string, Scene[], string[]]>([
  [
    "scans of a room in one split",
    [
      ["vsi-synth", "scene9000_00", "train"],
      ["vsi-synth", "scene9000_01", "train"],
    ],
    [],
  ],
  [
    "scans of a room in two",
    [
      ["vsi-synth", "scene9000_00", "train"],
      ["vsi-synth", "scene9000_01", "validation"],
    ],
    ["room-in-two-splits"],
  ],
  // On ScanNet's own lists: scene0000 is for training, scene0011 for validation, scene0707 for testing.
  ["a training room in train", [["scannet", "scene0000_00", "train"]], []],
  ["a validation room in train", [["scannet", "scene0011_00", "train"]], ["test-room-in-train"]],
  ["a test room in train", [["scannet", "scene0707_00", "train"]], ["test-room-in-train"]],
  ["a validation room in test", [["scannet", "scene0011_00", "test"]], []],
  [
    "a room of VSI-Bench's other datasets",
    [
      ["arkitscenes", "41069025", "train"],
      ["scannetpp", "0d2ee665be", "train"],
    ],
    ["test-room-in-train", "test-room-in-train"],
  ],
  ["a test room under another dataset's name", [["my-arkit", "41069025", "train"]], ["test-room-in-train"]],
  [
    "other rooms of VSI-Bench's datasets, as VLM-3R publishes their facts",
    [
      ["arkitscenes", "47333462", "train"],
      ["scannetpp", "0a5c013435", "train"],
    ],
    [],
  ],
  [
    "videos of one room in one split, as a table says it",
    [
      ["arkitscenes", "47333462", "train", { physical_room: "921372", room_split: "train" }],
      ["arkitscenes", "47333463", "train", { physical_room: "921372", room_split: "train" }],
    ],
    [],
  ],
  [
    "videos of one room in two",
    [
      ["arkitscenes", "47333462", "train", { physical_room: "921372" }],
      ["arkitscenes", "47333463", "validation", { physical_room: "921372" }],
    ],
    ["room-in-two-splits"],
  ],
  [
    "a room that a table tests on",
    [["own", "office_1", "train", { physical_room: "office", room_split: "test" }]],
    ["test-room-in-train"],
  ],
  [
    "a room of one's own that is a room of ScanNet's val list",
    [["own", "office_1", "train", { physical_room: "scene0011" }]],
    ["test-room-in-train"],
  ],
  // The facts of a scan of ScanNet's cannot say another room than its name.
  [
    "a room of ScanNet's val list under another name",
    [["scannet", "scene0011_00", "train", { physical_room: "office", room_split: "train" }]],
    ["test-room-in-train"],
  ],
  [
    "another video of a room that VSI-Bench tests on, whose own video has no questions",
    [
      ["arkitscenes", "47333462", "train", { physical_room: "381658", room_split: "train" }],
      ["arkitscenes", "41069025", null, { physical_room: "381658", room_split: "train" }],
    ],
    ["test-room-in-train"],
  ],
])("%s", async (_, scenes, codes) => {
  expect(await codesOf(...scenes)).toEqual(codes);
});
