import { describe, expect, test } from "@jest/globals";
import type { Question, QuestionType } from "@vsi/dataset";
import type { SceneFacts, SceneObject, Vec3 } from "@vsi/geometry";
import { PROTOCOLS } from "@vsi/questions";
import type { VerifySettings } from "../../../src/folder/manifest.ts";
import { verifiedScene } from "../../../src/folder/scene.ts";
import { recomputeAnswer } from "../../../src/verify/recompute/answer.ts";
import { EvidenceError } from "../../../src/verify/recompute/evidence.ts";

const { "vsi-100k": VSI_100K, "vsi-bench": VSI_BENCH } = PROTOCOLS;

const UPRIGHT: SceneObject["box"]["axes"] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

function object(id: number, label: string, centroid: Vec3, size: Vec3 = [0.2, 0.2, 0.2]): SceneObject {
  const box = { center: centroid, size, axes: UPRIGHT };
  return {
    id,
    label,
    category: label,
    excluded: null,
    points: 9,
    centroid,
    box,
    aabb: { min: centroid, max: centroid },
  };
}

/** Looks along +y, level, from `position`. */
function frame(name: string, [x, y, z]: Vec3, seen: readonly number[]) {
  const camera_to_world = [1, 0, 0, x, 0, 0, 1, y, 0, -1, 0, z, 0, 0, 0, 1];
  return { name, index: 0, time_s: 0, camera_to_world, visible: seen.map((object_id) => ({ object_id, pixels: 100 })) };
}

/** A room whose numbers are told by mental arithmetic: a bed at the origin, all else at whole metres from it. */
const FACTS: SceneFacts = {
  schema: "vsi-scene/1",
  dataset: "vsi-synth",
  scene_name: "scene9000_00",
  room: { area_m2: 12.25, center: [0, 0, 1], outline: null, walkable: null },
  objects: [
    object(0, "bed", [0, 0, 0], [2.005, 1, 0.5]),
    object(1, "sink", [3, 4, 0]),
    object(2, "lamp", [0, 2, 0]),
    object(3, "desk", [-3, 0, 0]),
    object(4, "rug", [0, -4, 0]),
    object(5, "chair", [6, 0, 0]),
    object(6, "chair", [1, 0, 0]),
    { ...object(7, "wall", [9, 9, 0]), excluded: "structure" },
  ],
  counts: null,
  surface_distances: null,
  camera: null,
};

const FILMED: SceneFacts = {
  ...FACTS,
  camera: {
    intrinsics: { width: 4, height: 3, fx: 1, fy: 1, cx: 1, cy: 1 },
    frames_total: 2,
    frames_without_pose: 0,
    frames: [frame("a.jpg", [0, -2, 0], [0, 1, 2, 3, 6]), frame("b.jpg", [0.5, 1, 0], [4])],
    first_seen: [2, 6, 0, 1, 4, 5].map((object_id, place) => ({ object_id, index: place, time_s: 2 * place })),
  },
};

const SETTINGS: VerifySettings = {
  protocol: VSI_BENCH,
  rules: "paper",
  balance: false,
  thinSizes: false,
  types: [],
  labels: "raw",
  distance: "centroid",
  minVisiblePixels: 50,
  countVisible: false,
  pixels: true,
  box: "gravity",
  maxPerScene: {},
  target: null,
};

function recompute(
  question_type: QuestionType,
  evidence: Partial<Question["evidence"]>,
  { facts = FACTS, settings = {} }: { facts?: SceneFacts; settings?: Partial<VerifySettings> } = {},
) {
  const all = { ...SETTINGS, ...settings };
  const question = { question_type, evidence: { object_ids: [], route: null, frames: null, ...evidence } };
  return recomputeAnswer(question as never, verifiedScene(facts, all), all);
}

describe("answers by hand", () => {
  test("two chairs", () => {
    expect(recompute("object_counting", { object_ids: [5, 6] })).toMatchObject({
      ground_truth: "2",
      value: 2,
      object_ids: [5, 6],
    });
  });

  test("the longest side, 2.005 m, is rounded up as people write it", () => {
    expect(recompute("object_size_estimation", { object_ids: [0] })).toMatchObject({ ground_truth: "201", unit: "cm" });
  });

  test("half of a tenth of a square metre is rounded up", () => {
    expect(recompute("room_size_estimation", {})).toMatchObject({ ground_truth: "12.3", value: 12.25 });
  });

  test("3, 4, 5 m between centroids; less between the boxes", () => {
    const ids = { object_ids: [0, 1] };
    expect(recompute("object_abs_distance", ids)).toMatchObject({ ground_truth: "5.0", value: 5 });
    // From the bed's corner (1.0025, 0.5) to the sink's (2.9, 3.9).
    const value = Math.hypot(2.9 - 1.0025, 3.9 - 0.5);
    const byBoxes = recompute("object_abs_distance", ids, { settings: { distance: "box" } });
    expect(byBoxes.value).toBeCloseTo(value, 9);
  });

  test("surface distances come from the facts, and without them from the boxes", () => {
    const settings = { distance: null };
    const facts = { ...FACTS, surface_distances: [{ a: 0, b: 1, distance_m: 3.21 }] };
    expect(recompute("object_abs_distance", { object_ids: [1, 0] }, { facts, settings }).value).toBe(3.21);
    expect(recompute("object_abs_distance", { object_ids: [1, 0] }, { settings }).value).toBeCloseTo(3.894, 2);
  });

  test("the nearer of two chairs counts, and the margin is to the next name", () => {
    const answer = recompute("object_rel_distance", { object_ids: [0, 5, 2, 3, 4] });
    expect(answer).toMatchObject({ ground_truth: "chair", value: 1, margin: 1, object_ids: [0, 6, 2, 3, 4] });
    expect(answer.choices).toEqual({ texts: ["chair", "lamp", "desk", "rug"], count: 4, inOrder: true });
  });

  test.each([
    // At the bed, facing the lamp (+y): the desk is at 90 degrees to the left, the rug behind.
    ["object_rel_direction_easy", [0, 2, 3], "left", 90, 90],
    ["object_rel_direction_easy", [0, 3, 2], "right", -90, 90],
    ["object_rel_direction_medium", [0, 2, 4], "back", 180, 45],
    ["object_rel_direction_medium", [0, 2, 3], "left", 90, 45],
    ["object_rel_direction_hard", [0, 2, 1], "front-right", -36.86989764584402, 36.86989764584402],
    ["object_rel_direction_hard", [0, 4, 1], "back-left", 143.13010235415598, 36.86989764584402],
  ] as const)("%s of %j is %s", (type, object_ids, word, value, margin) => {
    const answer = recompute(type, { object_ids: [...object_ids] });
    expect(answer.ground_truth).toBe(word);
    expect(answer.value).toBeCloseTo(value, 9);
    expect(answer.margin).toBeCloseTo(margin, 9);
  });

  test("a route of a left, then a right turn", () => {
    const route: [number, number][] = [
      [0, 0],
      [0, 2],
      [-1, 2],
      [-1, 5],
    ];
    const answer = recompute("route_planning", { object_ids: [0, 2, 3, 4], route });
    expect(answer).toMatchObject({ ground_truth: "Turn Left, Turn Right", margin: 45 });
    expect(answer.words.actions).toBe(
      "1. Go forward until the lamp. 2. [please fill in] 3. Go forward until the desk. 4. [please fill in] 5. Go forward until the rug.",
    );
    expect(answer.choices?.texts).toHaveLength(9);
  });
});

describe("answers about a stream, by hand", () => {
  const both = { frames: ["a.jpg", "b.jpg"] };

  test("the camera moved 3 m forward and 0.5 m to the right", () => {
    expect(recompute("camera_displacement", both, { facts: FILMED })).toMatchObject({ ground_truth: "3.0" });
    const moved = recompute("camera_movement_direction", both, { facts: FILMED });
    expect(moved.ground_truth).toBe("forward");
    expect(moved.value).toBeCloseTo((Math.atan2(0.5, 3) * 180) / Math.PI, 9);
    // The plane between forward and right stands at 45 degrees to both.
    expect(moved.margin).toBeCloseTo(45 - (Math.atan2(0.5, 3) * 180) / Math.PI, 9);
  });

  test("from the camera to a box", () => {
    const evidence = { object_ids: [2], frames: ["a.jpg"] };
    expect(recompute("camera_obj_abs_dist", evidence, { facts: FILMED })).toMatchObject({ ground_truth: "3.9" });
  });

  test("the nearest of four to the camera", () => {
    // Of a name with two objects there is no question: the chair that is not seen goes.
    const facts = { ...FILMED, objects: FILMED.objects.filter(({ id }) => id !== 5) };
    const answer = recompute("camera_obj_rel_dist", { object_ids: [1, 0, 2, 6], frames: ["a.jpg"] }, { facts });
    expect(answer).toMatchObject({ ground_truth: "bed", value: 1.5 });
  });

  test("to closest vertices where the rules mean them and the facts have them", () => {
    const settings = { protocol: { ...VSI_BENCH, cameraDistance: "mesh" as const } };
    const metres: Record<number, number> = { 0: 3, 1: 6.2, 2: 2.5, 6: 2.7 };
    const camera = structuredClone(FILMED.camera!);
    for (const { visible } of camera.frames) for (const sight of visible) sight.distance_m = metres[sight.object_id];
    const facts = { ...FILMED, camera, objects: FILMED.objects.filter(({ id }) => id !== 5) };
    const single = { object_ids: [2], frames: ["a.jpg"] };
    const listed = { object_ids: [1, 0, 2, 6], frames: ["a.jpg"] };
    expect(recompute("camera_obj_abs_dist", single, { facts, settings })).toMatchObject({ ground_truth: "2.5" });
    const nearest = recompute("camera_obj_rel_dist", listed, { facts, settings });
    expect(nearest).toMatchObject({ ground_truth: "lamp", value: 2.5 });
    expect(nearest.margin).toBeCloseTo(0.2, 12);
    // Under the paper's rules, or without them in the facts, boxes count.
    expect(recompute("camera_obj_abs_dist", single, { facts })).toMatchObject({ ground_truth: "3.9" });
    const unmeasured = { ...facts, camera: FILMED.camera };
    expect(recompute("camera_obj_abs_dist", single, { facts: unmeasured, settings })).toMatchObject({
      ground_truth: "3.9",
    });
  });

  test("names by the first time any of their objects is seen", () => {
    const answer = recompute("obj_appearance_order", { object_ids: [0, 1, 2, 5] }, { facts: FILMED });
    expect(answer).toMatchObject({ ground_truth: "lamp, chair, bed, sink", object_ids: [0, 1, 2, 6], margin: 2 });
    expect(answer.choices?.texts).toHaveLength(24);
  });

  test("counting what the frames show", () => {
    const settings = { countVisible: true };
    expect(recompute("object_counting", { object_ids: [6] }, { facts: FILMED, settings })).toMatchObject({
      ground_truth: "1",
      object_ids: [6],
    });
    expect(() => recompute("object_counting", { object_ids: [6] }, { facts: FILMED })).toThrow(EvidenceError);
  });

  test.each<[string, QuestionType, Partial<Question["evidence"]>]>([
    ["frames in the wrong order", "camera_displacement", { frames: ["b.jpg", "a.jpg"] }],
    ["a frame that is not there", "camera_displacement", { frames: ["a.jpg", "c.jpg"] }],
    ["no frames", "camera_movement_direction", { frames: null }],
    ["an object that the frame does not show", "camera_obj_abs_dist", { object_ids: [4], frames: ["a.jpg"] }],
    ["an object that no frame shows", "object_size_estimation", { object_ids: [5] }],
  ])("refuses %s", (_, type, evidence) => {
    expect(() => recompute(type, evidence, { facts: FILMED })).toThrow(EvidenceError);
  });
});

describe("refuses evidence that no answer can rest on", () => {
  test.each<[string, QuestionType, Partial<Question["evidence"]>]>([
    ["no objects", "object_counting", { object_ids: [] }],
    ["an object that may not be named", "object_size_estimation", { object_ids: [7] }],
    ["one of two chairs", "object_size_estimation", { object_ids: [6] }],
    ["three objects for a distance", "object_abs_distance", { object_ids: [0, 1, 2] }],
    ["a route without points", "route_planning", { object_ids: [0, 1, 2] }],
    [
      "fewer points than objects",
      "route_planning",
      {
        object_ids: [0, 1, 2, 3],
        route: [
          [0, 0],
          [0, 1],
          [1, 1],
        ],
      },
    ],
    [
      "a stop that is no turn",
      "route_planning",
      {
        object_ids: [0, 1, 2],
        route: [
          [0, 0],
          [0, 1],
          [0, 2],
        ],
      },
    ],
  ])("%s", (_, type, evidence) => {
    expect(() => recompute(type, evidence)).toThrow(EvidenceError);
  });

  test("one of two chairs among vsi-100k's choices", () => {
    const settings = { protocol: VSI_100K };
    expect(() => recompute("object_rel_distance", { object_ids: [0, 6, 2, 3, 4] }, { settings })).toThrow(
      EvidenceError,
    );
  });

  test("a count that the publisher gives otherwise", () => {
    const facts = { ...FACTS, counts: { chair: 3 } };
    expect(() => recompute("object_counting", { object_ids: [5, 6] }, { facts })).toThrow(/published count 3/);
  });

  test("a surface distance that the facts do not have", () => {
    const settings = { distance: "surface" as const };
    expect(() => recompute("object_abs_distance", { object_ids: [0, 1] }, { settings })).toThrow(EvidenceError);
  });
});
