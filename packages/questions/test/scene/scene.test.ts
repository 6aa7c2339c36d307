import { expect, test } from "@jest/globals";
import { sceneOf } from "../../src/scene/scene.ts";
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
  const scene = sceneOf(factsWith(objects));
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
  const scene = sceneOf(factsWith(labels.map((label, id) => objectAt(id, label, [0, 0, 0]))));
  expect(scene.singles.map(({ label }) => label)).toEqual(labels);
});

test("no object: nothing to name", () => {
  expect(sceneOf(factsWith([]))).toEqual({ roomArea_m2: 20, objectsByLabel: new Map(), singles: [] });
});
