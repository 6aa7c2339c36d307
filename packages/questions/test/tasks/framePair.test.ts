import { expect, test } from "@jest/globals";
import { streamOf } from "../../src/scene/stream.ts";
import { framePairOfRank } from "../../src/tasks/framePair.ts";
import { cameraWith } from "../support/camera.ts";

const stream = streamOf(cameraWith([{ position: [0, 0, 1] }, { position: [3, 4, 1] }, { position: [3, 4, 0] }]), 50);

test("every pair once, the earlier first, with its movement and words", () => {
  const pairs = [0, 1, 2].map((rank) => framePairOfRank(rank, stream));
  expect(pairs.map(({ words }) => words)).toEqual([
    { first: "1", second: "2", count: "3" },
    { first: "1", second: "3", count: "3" },
    { first: "2", second: "3", count: "3" },
  ]);
  expect(pairs.map(({ movement }) => movement)).toEqual([
    [3, 4, 0],
    [3, 4, -1],
    [0, 0, -1],
  ]);
  expect(pairs.map(({ distance_m }) => distance_m)).toEqual([5, Math.sqrt(26), 1]);
});
