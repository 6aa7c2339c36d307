import { describe, expect, test } from "@jest/globals";
import { isSeen, sceneOf } from "../../src/scene/scene.ts";
import { streamOf } from "../../src/scene/stream.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith, objectAt } from "../support/facts.ts";

test("excluded objects are left out before counting; everything is ordered by id", () => {
  const objects = [
    objectAt(9, "bed", [0, 0, 0]),
    objectAt(4, "chair", [0, 0, 0]),
    { ...objectAt(1, "wall", [0, 0, 0]), excluded: "structure" as const },
    objectAt(2, "sink", [0, 0, 0]),
    objectAt(3, "chair", [0, 0, 0]),
    { ...objectAt(5, "bed", [0, 0, 0]), excluded: "ambiguous" as const },
  ];
  const scene = sceneOf(factsWith(objects), "raw");
  expect(scene.singles.map(({ id }) => id)).toEqual([2, 9]);
  expect([...scene.objectsByLabel].map(([label, same]) => [label, same.map(({ id }) => id)])).toEqual([
    ["sink", [2]],
    ["chair", [3, 4]],
    ["bed", [9]],
  ]);
  expect(objects.map(({ id }) => id)).toEqual([9, 4, 1, 2, 3, 5]);
});

test("labels are told apart letter by letter, also those that every object knows", () => {
  const labels = ["Bed", "bed", "bed ", "constructor", "__proto__"];
  const scene = sceneOf(factsWith(labels.map((label, id) => objectAt(id, label, [0, 0, 0]))), "raw");
  expect(scene.singles.map(({ label }) => label)).toEqual(labels);
});

test("no object: nothing to name", () => {
  expect(sceneOf(factsWith([]), "raw")).toEqual({
    roomArea_m2: 20,
    objectsByLabel: new Map(),
    singles: [],
    publishedCounts: new Map(),
    stream: null,
    walkable: null,
    furniture: [],
  });
});

describe("canonical names", () => {
  const objects = [
    { ...objectAt(1, "kitchen cabinets", [0, 0, 0]), category: "kitchen cabinet" },
    { ...objectAt(2, "kitchen cabinet", [1, 0, 0]), category: "kitchen cabinet" },
  ];

  test("join what raw labels keep apart", () => {
    expect(sceneOf(factsWith(objects), "raw").singles.map(({ id }) => id)).toEqual([1, 2]);
    const scene = sceneOf(factsWith(objects), "canonical");
    expect(scene.singles).toEqual([]);
    expect(scene.objectsByLabel.get("kitchen cabinet")!.map(({ id, label }) => [id, label])).toEqual([
      [1, "kitchen cabinet"],
      [2, "kitchen cabinet"],
    ]);
  });
});

test("one box of a label of which two were published is not the only one", () => {
  const facts = factsWith([objectAt(0, "sink", [0, 0, 0]), objectAt(1, "bed", [0, 0, 0])], {
    counts: { sink: 2, bed: 1 },
  });
  expect(sceneOf(facts, "canonical").singles.map(({ label }) => label)).toEqual(["bed"]);
});

test("with a stream, only what its frames show is a single; what is one of a kind is decided over the whole room", () => {
  const objects = [
    objectAt(0, "sink", [0, 0, 0]),
    objectAt(1, "bed", [1, 0, 0]),
    objectAt(2, "chair", [2, 0, 0]),
    objectAt(3, "chair", [3, 0, 0]),
  ];
  const stream = streamOf(cameraWith([{ visible: { 0: 50, 1: 49, 2: 500 } }]), 50);
  const scene = sceneOf(factsWith(objects), "raw", stream);
  expect(scene.singles.map(({ label }) => label)).toEqual(["sink"]);
  expect(scene.objectsByLabel.get("chair")).toHaveLength(2);
  expect([0, 1, 2, 3].filter((id) => isSeen(id, stream))).toEqual([0, 2]);
  expect(isSeen(1, null)).toBe(true);
});
