import { expect, test } from "@jest/globals";
import { sceneOf } from "../../src/scene/scene.ts";
import { streamOf } from "../../src/scene/stream.ts";
import { categoryAppearances } from "../../src/tasks/categoryAppearances.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith, objectAt } from "../support/facts.ts";

const facts = factsWith([
  objectAt(0, "bed", [0, 0, 0]),
  objectAt(1, "chair", [0, 0, 0]),
  objectAt(2, "chair", [0, 0, 0]),
  objectAt(3, "sink", [0, 0, 0]),
  objectAt(4, "lamp", [0, 0, 0]),
]);

function appearances(firstSeen: Record<number, number> | null) {
  const stream = streamOf(
    cameraWith([{ visible: { 0: 9 } }, { visible: { 1: 60 } }, { visible: { 0: 60, 3: 50 } }], firstSeen),
    50,
  );
  return categoryAppearances(sceneOf(facts, "raw", stream), stream);
}

test("the earliest instance tells the time, any instance the first sampled frame; unseen categories are left out", () => {
  // The lamp is in no sampled frame, and the sink was never seen long enough.
  const found = appearances({ 2: 0.5, 1: 3, 0: 4, 4: 9 });
  expect(found.map(({ label, object_id, time_s, frame }) => [label, object_id, time_s, frame.number])).toEqual([
    ["bed", 0, 4, 3],
    ["chair", 2, 0.5, 2],
  ]);
});

test("none where the stream was not looked at", () => {
  expect(appearances(null)).toEqual([]);
});
