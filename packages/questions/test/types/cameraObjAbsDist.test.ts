import { expect, test } from "@jest/globals";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith, objectAt } from "../support/facts.ts";

const objects = [
  objectAt(0, "bed", [3, 0, 0], [2, 2, 2]),
  objectAt(1, "chair", [0, 5, 0]),
  objectAt(2, "chair", [0, 6, 0]),
  objectAt(3, "sink", [0, 4, 0]),
];

const ask = (camera: ReturnType<typeof cameraWith>) =>
  generateQuestions(factsWith(objects, { camera }), { protocol: "vsi-bench", types: ["camera_obj_abs_dist"] });

test("to the nearest point of a one-instance object that this frame shows", () => {
  const { questions, notDrawn } = ask(
    cameraWith([
      { position: [0, 0, 0], visible: { 0: 80, 1: 80 } },
      { position: [0, 0, 0], visible: { 3: 30 } },
    ]),
  );
  expect(questions).toMatchObject([
    {
      question:
        "In frame 1 of the 2 frames, what is the direct distance between the camera and the bed, measuring to the closest point of the bed (in meters)?",
      ground_truth: "2.0",
      frames: ["000000.jpg", "000030.jpg"],
      evidence: { object_ids: [0], value: 2, unit: "m", margin: null, frames: ["000000.jpg"] },
    },
  ]);
  expect(notDrawn.camera_obj_abs_dist).toBe(0);
});

test("a camera inside the object's box or across a hall is refused, with the object", () => {
  const visible = { 0: 80 };
  const { questions, rejects } = ask(
    cameraWith([
      { position: [3, 0, 0], visible },
      { position: [-9, 0, 0], visible },
    ]),
  );
  expect(questions).toEqual([]);
  expect(rejects.map(({ code, object_ids, value }) => [code, object_ids, value]).sort()).toEqual([
    ["camera-too-close", [0], 0],
    ["camera-too-far", [0], 11],
  ]);
});
