import { expect, test } from "@jest/globals";
import { cameraPose, trueFirstSeen } from "../../src/index.ts";

const cameraToWorld = cameraPose([0, 0, 0], 0, 0);
const frames = [
  { index: 0, cameraToWorld, visible: [{ objectId: 4, pixels: 1 }] },
  { index: 1, cameraToWorld, visible: [{ objectId: 2, pixels: 60 }] },
  {
    index: 2,
    cameraToWorld,
    visible: [
      { objectId: 2, pixels: 90 },
      { objectId: 4, pixels: 50 },
    ],
  },
];

test("the first frame with enough pixels, not the first with any", () => {
  expect([...trueFirstSeen(frames, 1)]).toEqual([
    [4, 0],
    [2, 1],
  ]);
  expect([...trueFirstSeen(frames, 50)]).toEqual([
    [2, 1],
    [4, 2],
  ]);
  expect([...trueFirstSeen(frames, 61)]).toEqual([[2, 2]]);
  expect([...trueFirstSeen(frames, 91)]).toEqual([]);
  expect([...trueFirstSeen([], 1)]).toEqual([]);
});
