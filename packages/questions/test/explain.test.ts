import { describe, expect, test } from "@jest/globals";
import { type Evidence, QUESTION_TYPES, type Question, type QuestionType } from "@vsi/dataset";
import type { Vec3 } from "@vsi/geometry";
import { guardReasoning } from "@vsi/scoring";
import { describeEvidence, marksOf, traceOf } from "../src/explain.ts";
import type { ShownScene } from "../src/types/questionType.ts";
import { factsWith, objectAt } from "./support/facts.ts";

const objects = [
  objectAt(1, "bed", [0, 0, 0.5], [2, 1, 0.5]),
  objectAt(2, "tv", [0, 3, 1]),
  objectAt(3, "sofa", [4, 0, 0.4]),
  objectAt(4, "lamp", [4, 3, 1]),
  objectAt(5, "desk", [2, 2, 1]),
];
const frame = (number: number, position: Vec3) => ({
  name: `00000${number}.jpg`,
  number,
  position,
  axes: [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ] as Vec3[],
});
const scene: ShownScene = {
  facts: factsWith(objects),
  nameOf: ({ label }) => label,
  objects: new Map(objects.map((object) => [object.id, object])),
  frames: [frame(1, [0, 0, 1.5]), frame(2, [3, 0, 1.5])],
  distanceKind: "box",
};

type Told = Partial<Evidence> & { ground_truth: string; question?: string };

const CASES: Readonly<
  Record<QuestionType, Told & { says: string; lines: number; labels: string[]; trace: RegExp | null }>
> = {
  object_counting: {
    ...{ ground_truth: "2", object_ids: [1, 2], value: 2, unit: "count" },
    says: "counted: bed (id 1), tv (id 2)",
    ...{ lines: 0, labels: [] },
    trace: /counting each of these objects only once, I find 2 of them/,
  },
  object_size_estimation: {
    ...{ ground_truth: "200", object_ids: [1], value: 200, unit: "cm" },
    says: "the longest side of the box of bed (id 1): 200 cm",
    ...{ lines: 1, labels: ["200 cm"] },
    trace: /its longest side measures about 200\.0 centimeters/,
  },
  object_abs_distance: {
    ...{ ground_truth: "2.4", object_ids: [1, 2], value: 2.40004, unit: "m" },
    says: "measured between the boxes of bed (id 1) and tv (id 2): 2.4 m",
    ...{ lines: 1, labels: ["2.4 m"] },
    trace: /a distance of about 2\.40 meters/,
  },
  object_rel_distance: {
    ...{ ground_truth: "tv", object_ids: [1, 2, 3, 4, 5], value: 2.4, margin: 0.2, unit: "m" },
    question: "Which of these objects (tv, sofa, lamp, desk) is the closest to the bed?",
    says: "measured between the boxes of bed (id 1) and each of tv (id 2), sofa (id 3), lamp (id 4), desk (id 5); the nearest, tv, is 2.4 m away; 0.2 m from another answer",
    ...{ lines: 4, labels: ["2.40 m", "", "", ""] },
    trace: /The tv is about 2\.40 meters away, and the next closest one is 0\.20 meters farther/,
  },
  object_rel_direction_easy: {
    ...{ ground_truth: "right", object_ids: [1, 2, 3], value: -90, margin: 90, unit: "degree" },
    says: "standing at the centroid of bed (id 1) and facing that of tv (id 2), one turns -90 degrees (left is positive) to face that of sofa (id 3); 90 degrees from another answer",
    ...{ lines: 2, labels: ["facing", "90° right"] },
    trace: /turn about 90 degrees to the right/,
  },
  object_rel_direction_medium: {
    ...{ ground_truth: "left", object_ids: [1, 3, 2], value: 90, margin: 45, unit: "degree" },
    says: "standing at the centroid of bed (id 1) and facing that of sofa (id 3), one turns 90 degrees (left is positive) to face that of tv (id 2); 45 degrees from another answer",
    ...{ lines: 2, labels: ["facing", "90° left"] },
    trace: /turn about 90 degrees to the left/,
  },
  object_rel_direction_hard: {
    ...{ ground_truth: "front-right", object_ids: [1, 2, 4], value: -53.13, margin: 36.87, unit: "degree" },
    says: "standing at the centroid of bed (id 1) and facing that of tv (id 2), one turns -53.13 degrees (left is positive) to face that of lamp (id 4); 36.87 degrees from another answer",
    ...{ lines: 2, labels: ["facing", "53° front-right"] },
    trace: /turn about 53 degrees to the right/,
  },
  room_size_estimation: {
    ...{ ground_truth: "20.0", value: 20.04, unit: "m2" },
    says: "the floor's area: 20.04 m²",
    ...{ lines: 0, labels: ["20.0 m²"] },
    trace: /about 20\.04 square meters/,
  },
  obj_appearance_order: {
    ...{ ground_truth: "tv, bed", object_ids: [1, 2], margin: 3, unit: "s" },
    says: "first seen over the whole stream: tv, bed (bed (id 1), tv (id 2)); 3 s from another answer",
    ...{ lines: 0, labels: [] },
    trace: null,
  },
  camera_displacement: {
    ...{ ground_truth: "3.0", value: 3, unit: "m", frames: ["000001.jpg", "000002.jpg"] },
    says: "between the camera's positions in 000001.jpg and 000002.jpg: 3 m",
    ...{ lines: 2, labels: ["looks", "3.0 m", "frame 1", "frame 2"] },
    trace: /a distance of about 3\.00 meters/,
  },
  camera_movement_direction: {
    ...{ ground_truth: "right", value: 0, margin: 45, unit: "degree", frames: ["000001.jpg", "000002.jpg"] },
    says: 'from 000001.jpg to 000002.jpg the camera moved at 0 degrees to its own "right"; 45 degrees from another answer',
    ...{ lines: 2, labels: ["looks", "right", "frame 1", "frame 2"] },
    trace: null,
  },
  camera_obj_abs_dist: {
    ...{ ground_truth: "2.9", object_ids: [2], value: 2.9, unit: "m", frames: ["000001.jpg"] },
    says: "from the camera in 000001.jpg to the box of tv (id 2): 2.9 m",
    ...{ lines: 2, labels: ["looks", "2.9 m", "frame 1"] },
    trace: /a distance of about 2\.90 meters/,
  },
  camera_obj_rel_dist: {
    ...{ ground_truth: "bed", object_ids: [1, 2, 3, 4], value: 1, margin: 1.9, unit: "m", frames: ["000001.jpg"] },
    question: "Which of these objects (bed, tv, sofa, lamp) is the closest to the camera?",
    says: "from the camera in 000001.jpg to the boxes of bed (id 1), tv (id 2), sofa (id 3), lamp (id 4); the nearest, bed, is 1 m away; 1.9 m from another answer",
    ...{ lines: 5, labels: ["looks", "1.00 m", "", "", "", "frame 1"] },
    trace: /a distance of about 1\.00 meters/,
  },
  route_planning: {
    ...{ ground_truth: "Turn Left", object_ids: [1, 2, 3], margin: 30, unit: "degree" },
    route: [
      [0, 1],
      [0, 2],
      [3, 2],
    ],
    says: "walked from bed (id 1) to tv (id 2) to sofa (id 3): Turn Left; 30 degrees from another answer",
    ...{ lines: 2, labels: ["1", "2", "start"] },
    trace: null,
  },
};

function questionOf(type: QuestionType, change: Partial<Evidence> = {}): Question {
  const { ground_truth, question = "?", says, lines, labels, trace, ...evidence } = CASES[type];
  return {
    schema: "vsi-question/1",
    id: "0123456789abcdef",
    dataset: "vsi-synth",
    scene_name: "scene9000_00",
    question_type: type,
    question,
    ground_truth,
    options: null,
    mc_answer: null,
    protocol: "vsi-bench",
    frames: [],
    evidence: {
      object_ids: [],
      value: null,
      unit: null,
      margin: null,
      route: null,
      frames: null,
      ...evidence,
      ...change,
    },
  };
}

describe.each(QUESTION_TYPES)("%s", (type) => {
  test("evidence in words", () => {
    expect(describeEvidence(questionOf(type), scene)).toBe(CASES[type].says);
  });

  test("marks on a plan", () => {
    const { lines, points } = marksOf(questionOf(type), scene);
    expect(lines).toHaveLength(CASES[type].lines);
    const labels = [...lines, ...points].map(({ label }) => label);
    // The dot where one stands says nothing: the object's name is there.
    expect(type.startsWith("object_rel_direction") ? labels.slice(0, -1) : labels).toEqual(CASES[type].labels);
    expect(lines.flatMap(({ from, to }) => [...from, ...to]).every(Number.isFinite)).toBe(true);
  });

  test("without its objects and frames the scene is shown all the same", () => {
    const empty: ShownScene = { ...scene, objects: new Map(), frames: null };
    expect(describeEvidence(questionOf(type), empty)).toEqual(expect.any(String));
    const { lines } = marksOf(questionOf(type), empty);
    expect(lines).toHaveLength(type === "route_planning" ? 2 : 0);
  });

  test("the sentence of a trace tells what was measured, and is reasoning to @vsi/scoring's guards", () => {
    const text = traceOf(questionOf(type));
    if (CASES[type].trace === null) {
      expect(text).toBeNull();
    } else {
      expect(text).toMatch(CASES[type].trace);
      expect(guardReasoning(text ?? "")).toBeNull();
    }
    expect(traceOf(questionOf(type, { value: null }))).toBeNull();
  });
});

test("a line to the answer alone is marked as such; others compare", () => {
  const answers = (type: QuestionType) => marksOf(questionOf(type), scene).lines.map(({ isAnswer }) => isAnswer);
  expect(answers("object_rel_distance")).toEqual([true, false, false, false]);
  expect(answers("camera_obj_rel_dist")).toEqual([false, true, false, false, false]);
  expect(answers("object_rel_direction_easy")).toEqual([false, true]);
});

test("an object's longest side is drawn through its middle", () => {
  const [line] = marksOf(questionOf("object_size_estimation"), scene).lines;
  expect(line).toMatchObject({ from: [-1, 0], to: [1, 0] });
});

test("an object that is not there is named as such", () => {
  expect(describeEvidence(questionOf("object_size_estimation", { object_ids: [9] }), scene)).toBe(
    "the longest side of the box of an object that is not in the scene (id 9): 200 cm",
  );
});
