import { expect, test } from "@jest/globals";
import type { CameraFacts } from "@vsi/geometry";
import fc from "fast-check";
import { validateFacts } from "../../src/scene/validateFacts.ts";
import { arbitraryStreamFacts, cameraWith } from "../support/camera.ts";
import { factsWith, objectAt } from "../support/facts.ts";

test("good streams pass, also one of no frame", () => {
  fc.assert(fc.property(arbitraryStreamFacts, (facts) => validateFacts(facts)));
});

const good = cameraWith([{ visible: { 0: 60 } }, { visible: {} }], { 0: 1 });
const [first, second] = good.frames as [CameraFacts["frames"][0], CameraFacts["frames"][0]];
const withPose = (change: (pose: number[]) => number[]) => ({
  ...good,
  frames: [{ ...first, camera_to_world: change(first.camera_to_world) }],
});

test.each<[string, CameraFacts, string, string]>([
  ["a name twice", { ...good, frames: [first, { ...second, name: first.name }] }, "facts-frame", "frames[1].name"],
  ["no name", { ...good, frames: [{ ...first, name: "" }] }, "facts-frame", "frames[0].name"],
  ["frames out of order", { ...good, frames: [second, first] }, "facts-frame", "frames[1].index"],
  ["a lost pose", withPose((pose) => pose.map(() => -Infinity)), "facts-number", "frames[0].camera_to_world[0]"],
  ["a pose of 12 numbers", withPose((pose) => pose.slice(0, 12)), "facts-number", "frames[0].camera_to_world"],
  ["a pose of zeros", withPose((pose) => pose.map(() => 0)), "facts-pose", "frames[0].camera_to_world"],
  ["millimetres", withPose((pose) => pose.map((value) => value * 1000)), "facts-pose", "frames[0].camera_to_world"],
  [
    "a mirrored camera",
    withPose((pose) => pose.map((value, cell) => (cell % 4 === 0 ? -value : value))),
    "facts-pose",
    "frames[0].camera_to_world",
  ],
  ["an object nobody knows", cameraWith([{ visible: { 7: 60 } }]), "facts-id", "frames[0].visible[0].object_id"],
  [
    "an object twice in a frame",
    { ...good, frames: [{ ...first, visible: [...first.visible, ...first.visible] }] },
    "facts-id",
    "frames[0].visible[1].object_id",
  ],
  ["half a pixel", cameraWith([{ visible: { 0: 0.5 } }]), "facts-pixels", "frames[0].visible[0].pixels"],
  ["a first time that is none", cameraWith([], { 0: Number.NaN }), "facts-number", "first_seen[0].time_s[0]"],
  ["a time before the start", cameraWith([], { 0: -1 }), "facts-negative", "first_seen[0].time_s"],
  ["the first time of an object nobody knows", cameraWith([], { 7: 1 }), "facts-id", "first_seen[0].object_id"],
])("%s is refused with its place", (_, camera, code, place) => {
  const facts = factsWith([objectAt(0, "bed", [0, 0, 0])], { camera });
  expect(() => validateFacts(facts)).toThrow(
    expect.objectContaining({ code, detail: expect.objectContaining({ place: `camera.${place}` }) }),
  );
});
