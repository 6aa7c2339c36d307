import { expect, test } from "@jest/globals";
import { roomSplits } from "../../src/verify/roomSplits.ts";

const PLACE = { file: "data/train.jsonl", line: 1, id: null };

async function codesOf(...scenes: readonly [dataset: string, sceneName: string, split: string][]): Promise<string[]> {
  const codes: string[] = [];
  const check = await roomSplits((problem) => codes.push(problem.code));
  for (const [dataset, sceneName, split] of scenes) check({ dataset, sceneName, split }, PLACE);
  return codes;
}

test.each<[string, [string, string, string][], string[]]>([
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
])("%s", async (_, scenes, codes) => {
  expect(await codesOf(...scenes)).toEqual(codes);
});
