import { describe, expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { streamOf } from "../../src/scene/stream.ts";
import { framePairOfRank, MOVEMENT_WORDS, movementDirection } from "../../src/types/cameraMovement.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith } from "../support/facts.ts";
import { testShown } from "../support/shown.ts";

describe("cameraDisplacement", () => {
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
});

describe("cameraMovementDirection", () => {
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
    [
      "31 degrees off its axis",
      [Math.cos(0.541), Math.sin(0.541), 0].map((x) => 3 * x) as Vec3,
      "direction-unclear",
      15,
    ],
  ])("%s is refused", (_, to, code, limit) => {
    const { questions, rejects } = move(to);
    expect(questions).toEqual([]);
    expect(rejects).toMatchObject([{ code, limit, object_ids: [] }]);
  });

  test("29 degrees off its axis is asked", () => {
    expect(move([3 * Math.cos(0.506), 3 * Math.sin(0.506), 0]).questions).toMatchObject([{ ground_truth: "right" }]);
  });
});

describe("movementDirection", () => {
  /** Looks along +y. */
  const AXES = [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ] as [Vec3, Vec3, Vec3];

  test.each<[Vec3, string]>([
    [[2, 0.1, 0], "right"],
    [[-2, 0.1, 0], "left"],
    [[0, 0.1, 2], "up"],
    [[0, 0.1, -2], "down"],
    [[0.1, 2, 0], "forward"],
    [[0.1, -2, 0], "backward"],
  ])("%j is %s", (movement, word) => {
    expect(movementDirection(movement, AXES).word).toBe(word);
  });

  describe("angle and margin", () => {
    test.each<[Vec3, number, number]>([
      [[3, 0, 0], 0, 45],
      [[2, 2, 0], 45, 0],
      [[1, 1, 1], 54.7356, 0],
      [[Math.sqrt(3), 1, 0], 30, 15],
    ])("of %j", (movement, angle, margin) => {
      const direction = movementDirection(movement, AXES);
      expect(direction.angle).toBeCloseTo(angle, 3);
      expect(direction.margin).toBeCloseTo(margin, 3);
    });
  });

  const coordinate = fc.double({ min: -5, max: 5, noNaN: true });

  test("the word is that of the nearest of six directions; within the margin no other becomes it", () => {
    const compass: Record<string, Vec3> = {
      right: [1, 0, 0],
      left: [-1, 0, 0],
      up: [0, 0, 1],
      down: [0, 0, -1],
      forward: [0, 1, 0],
      backward: [0, -1, 0],
    };
    const nearest = (movement: Vec3) => {
      const dots = MOVEMENT_WORDS.map((word) =>
        compass[word]!.reduce((sum, value, k) => sum + value * movement[k]!, 0),
      );
      return MOVEMENT_WORDS[dots.indexOf(Math.max(...dots))]!;
    };
    const vector = fc.tuple(coordinate, coordinate, coordinate).filter((value) => Math.hypot(...value) > 0.01);
    fc.assert(
      fc.property(vector, vector, (movement, other) => {
        const { word, margin } = movementDirection(movement, AXES);
        fc.pre(margin > 1e-6);
        expect(word).toBe(nearest(movement));
        const cosine =
          movement.reduce((sum, value, k) => sum + value * other[k]!, 0) /
          Math.hypot(...movement) /
          Math.hypot(...other);
        if ((Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI < margin) {
          expect(nearest(other)).toBe(word);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("framePairOfRank", () => {
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
});

testShown("camera_displacement", {
  ground_truth: "3.0",
  value: 3,
  unit: "m",
  frames: ["000001.jpg", "000002.jpg"],
  says: "between the camera's positions in 000001.jpg and 000002.jpg: 3 m",
  lines: 2,
  labels: ["looks", "3.0 m", "frame 1", "frame 2"],
  trace: /a distance of about 3\.00 meters/,
});

testShown("camera_movement_direction", {
  ground_truth: "right",
  value: 0,
  margin: 45,
  unit: "degree",
  frames: ["000001.jpg", "000002.jpg"],
  says: 'from 000001.jpg to 000002.jpg the camera moved at 0 degrees to its own "right"; 45 degrees from another answer',
  lines: 2,
  labels: ["looks", "right", "frame 1", "frame 2"],
  trace: null,
});
