import { expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/geometry";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith } from "../support/facts.ts";

const move = (to: Vec3, yaw = 0) =>
  generateQuestions(
    factsWith([], {
      camera: cameraWith([
        { position: [0, 0, 0], yaw },
        { position: to, yaw: 2 },
      ]),
    }),
    { protocol: "vsi-bench", types: ["camera_movement_direction"] },
  );

test("in the first frame's axes, whichever way the second looks", () => {
  expect(move([2, 0, 0]).questions[0]!.ground_truth).toBe("right");
  // Who looks along -x walks backward to +x.
  expect(move([2, 0, 0], Math.PI / 2).questions[0]!.ground_truth).toBe("backward");
  expect(move([0, 0, 2], 1).questions[0]!.ground_truth).toBe("up");
});

test("six lettered options; evidence is the angle off the direction, its margin, and the two frames", () => {
  const [question] = move([0, 2, 0]).questions;
  expect(question!.question).toMatch(
    /^From frame 1 to frame 2 of the 2 frames, .*\nThe directions are the camera's own/,
  );
  expect(question!.options!.map((option) => option.slice(3)).sort()).toEqual(
    ["right", "left", "up", "down", "forward", "backward"].sort(),
  );
  expect(question!.options!["ABCDEF".indexOf(question!.mc_answer!)]).toBe(`${question!.mc_answer}. forward`);
  expect(question!.evidence).toMatchObject({ object_ids: [], value: 0, unit: "degree", frames: question!.frames });
  expect(question!.evidence.margin).toBeCloseTo(45, 6);
});

test.each<[string, Vec3, string, number]>([
  ["a metre and no more", [1, 0, 0], "camera-moved-too-little", 1],
  ["not at all", [0, 0, 0], "camera-moved-too-little", 1],
  ["31 degrees off its axis", [Math.cos(0.541), Math.sin(0.541), 0].map((x) => 3 * x) as Vec3, "direction-unclear", 15],
])("%s is refused", (_, to, code, limit) => {
  const { questions, rejects } = move(to);
  expect(questions).toEqual([]);
  expect(rejects).toMatchObject([{ code, limit, object_ids: [] }]);
});

test("29 degrees off its axis is asked", () => {
  expect(move([3 * Math.cos(0.506), 3 * Math.sin(0.506), 0]).questions).toMatchObject([{ ground_truth: "right" }]);
});
