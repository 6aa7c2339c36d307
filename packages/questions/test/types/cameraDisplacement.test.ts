import { expect, test } from "@jest/globals";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith } from "../support/facts.ts";

const ask = (camera: ReturnType<typeof cameraWith> | null, options: object = {}) =>
  generateQuestions(factsWith([], { camera }), { protocol: "vsi-bench", types: ["camera_displacement"], ...options });

test("the straight line between two frames, heights too; the evidence is the two", () => {
  const { questions } = ask(cameraWith([{ position: [0, 0, 1] }, { position: [1, 2, 3] }]));
  expect(questions).toMatchObject([
    {
      question:
        "Measured in a straight line, how far apart are the positions of the camera in frame 1 and frame 2 of the 2 frames (in meters)?",
      ground_truth: "3.0",
      options: null,
      frames: ["000000.jpg", "000030.jpg"],
      evidence: { object_ids: [], value: 3, unit: "m", margin: null, frames: ["000000.jpg", "000030.jpg"] },
    },
  ]);
});

test("hardly apart and too far is refused", () => {
  const { questions, rejects } = ask(
    cameraWith([{ position: [0, 0, 1] }, { position: [0.1, 0, 1] }, { position: [10.15, 0, 1] }]),
  );
  expect(questions).toEqual([]);
  expect(rejects.map(({ code }) => code).sort()).toEqual(["camera-too-close", "camera-too-far", "camera-too-far"]);
});

test("six a scan; the rest is not drawn", () => {
  const { questions, notDrawn } = ask(cameraWith(Array.from({ length: 9 }, (_, x) => ({ position: [x, 0, 1] }))));
  expect([questions.length, notDrawn.camera_displacement]).toEqual([6, 30]);
});

test("a camera that stood still: sixty refusals, then the task gives up", () => {
  const { rejects, notDrawn } = ask(cameraWith(Array.from({ length: 32 }, () => ({}))));
  expect([rejects.length, notDrawn.camera_displacement]).toEqual([60, 496 - 60]);
});

test("one frame, none, or no stream: nothing to ask; without a stream there is no entry", () => {
  expect(ask(cameraWith([{}])).notDrawn.camera_displacement).toBe(0);
  expect(ask(cameraWith([]))).toMatchObject({ questions: [], rejects: [] });
  expect(ask(null)).toMatchObject({ questions: [], rejects: [] });
  expect(Object.keys(ask(null).notDrawn)).not.toContain("camera_displacement");
});
