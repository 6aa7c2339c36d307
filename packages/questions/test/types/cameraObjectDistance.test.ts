import { describe, expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/geometry";
import { describeEvidence } from "../../src/explain.ts";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith, objectAt } from "../support/facts.ts";
import { testShown } from "../support/shown.ts";

describe("cameraObjAbsDist", () => {
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
});

describe("cameraObjRelDist", () => {
  /** Points at these distances along x, seen from the origin. */
  const ask = (
    distances: number[],
    seen: number[] = distances.map((_, id) => id),
    area_m2 = 20,
    rules: "paper" | "careful" = "careful",
  ) => {
    const objects = distances.map((distance, id) => objectAt(id, `thing ${id}`, [distance, 0, 0], [0, 0, 0]));
    const visible = Object.fromEntries(seen.map((id) => [id, 60]));
    const camera = cameraWith([{ position: [0, 0, 0], visible }, {}]);
    return generateQuestions(factsWith(objects, { camera, area_m2 }), {
      protocol: "vsi-bench",
      types: ["camera_obj_rel_dist"],
      rules,
    });
  };

  test("the nearest of four in this frame; evidence in the order listed", () => {
    const { questions } = ask([3, 1, 2.5, 4]);
    expect(questions).toHaveLength(1);
    const [question] = questions;
    const listed = /^In frame 1 of the 2 frames, which of these objects \((.+)\) is the closest to the camera, /
      .exec(question!.question)![1]!
      .split(", ");
    expect([...listed].sort()).toEqual(["thing 0", "thing 1", "thing 2", "thing 3"]);
    expect(question).toMatchObject({ ground_truth: "thing 1", evidence: { value: 1, margin: 1.5, unit: "m" } });
    expect(question!.evidence.object_ids).toEqual(listed.map((label) => Number(label.at(-1))));
    expect(question!.options).toEqual(listed.map((label, index) => `${"ABCD"[index]}. ${label}`));
    expect(question!.mc_answer).toBe("ABCD"[listed.indexOf("thing 1")]);
    expect(question!.evidence.frames).toEqual(["000000.jpg"]);
  });

  test("three in the frame are too few, whatever else the room holds", () => {
    expect(ask([1, 2, 3, 4, 5], [0, 1, 2])).toMatchObject({ questions: [], rejects: [] });
  });

  test.each([
    ["the nearest too close", [0.1, 1, 2, 3], 20, "camera-too-close", 0.2],
    ["the nearest too far", [11, 12, 13, 14], 20, "camera-too-far", 10],
    ["the two nearest alike", [1, 1.1, 2, 3], 20, "nearest-too-close", 0.15],
    ["two others alike", [1, 2, 2.1, 3], 20, "distances-too-close", 0.15],
    ["alike for a large room", [1, 1.2, 2, 3], 50, "nearest-too-close", 0.3],
  ])("%s is refused", (_, distances, area, code, limit) => {
    const drawn = ask(distances, undefined, area, "paper");
    expect(drawn.questions).toEqual([]);
    expect(drawn.rejects).toMatchObject([{ code, limit, object_ids: [0, 1, 2, 3] }]);
    // Where all sets are known, there is none.
    const known = ask(distances, undefined, area);
    expect(known.questions).toEqual([]);
    expect(known.rejects).toMatchObject([{ code: "no-clear-choices", limit: null, object_ids: [0, 1, 2, 3] }]);
  });

  test.each(["paper", "careful"] as const)("%s rules: four others are drawn where a set is refused", (rules) => {
    const { questions, rejects } = ask([1, 1.01, 3, 4, 5], undefined, 20, rules);
    expect(questions).toHaveLength(1);
    expect(questions[0]!.evidence.margin).toBeGreaterThan(0.15);
    expect(rejects.length).toBeLessThanOrEqual(rules === "paper" ? 4 : 0);
  });
});

describe("distances to the mesh", () => {
  const labels = ["bed", "sink", "lamp", "tv"];
  const objects = labels.map((label, id) => objectAt(id, label, [id + 1, 0, 0], [0, 0, 0]));
  // By the boxes the bed is the nearest, by the mesh the tv is.
  const distances = { 0: 4.04, 1: 3, 2: 2, 3: 1 };
  const visible = { 0: 90, 1: 90, 2: 90, 3: 90 };
  const ask = (rules: "careful" | "paper", known: Record<number, number>) => {
    const camera = cameraWith([{ position: [0, 0, 0], visible, distances: known }]);
    const { questions } = generateQuestions(factsWith(objects, { camera }), {
      protocol: "vsi-bench",
      types: ["camera_obj_abs_dist", "camera_obj_rel_dist"],
      rules,
    });
    const single = questions.filter(({ question_type }) => question_type === "camera_obj_abs_dist");
    return {
      single: Object.fromEntries(single.map(({ evidence, ground_truth }) => [evidence.object_ids[0], ground_truth])),
      nearest: questions.find(({ question_type }) => question_type === "camera_obj_rel_dist"),
    };
  };

  test("count under careful rules where the facts have them", () => {
    const { single, nearest } = ask("careful", distances);
    expect(single).toEqual({ 0: "4.0", 1: "3.0", 2: "2.0", 3: "1.0" });
    expect(nearest).toMatchObject({ ground_truth: "tv", evidence: { value: 1, margin: 1 } });
  });

  test.each([
    ["under the paper's rules", "paper", distances],
    ["where the facts have none", "careful", {}],
  ] as const)("those to boxes do %s", (_, rules, known) => {
    const { single, nearest } = ask(rules, known);
    expect(single).toEqual({ 0: "1.0", 1: "2.0", 2: "3.0", 3: "4.0" });
    expect(nearest).toMatchObject({ ground_truth: "bed", evidence: { value: 1, margin: 1 } });
  });

  test("are said to be to the closest vertices", () => {
    const { nearest } = ask("careful", distances);
    const [frame] = cameraWith([{}]).frames;
    const shown = {
      facts: factsWith(objects),
      nameOf: ({ label }: { label: string }) => label,
      objects: new Map(objects.map((object) => [object.id, object])),
      frames: [{ ...frame!, number: 1, position: [0, 0, 0] as Vec3, axes: [] }],
      distanceKind: "surface" as const,
    };
    const distances_m = new Map(Object.entries(distances).map(([id, metres]) => [Number(id), metres]));
    const measured = { ...shown, frames: shown.frames.map((one) => ({ ...one, distances_m })) };
    expect(describeEvidence(nearest!, measured)).toMatch(/^from the camera in 000000\.jpg to the closest vertices of /);
    expect(describeEvidence(nearest!, shown)).toMatch(/^from the camera in 000000\.jpg to the boxes of /);
    const single = { ...nearest!, question_type: "camera_obj_abs_dist" as const };
    expect(describeEvidence(single, measured)).toMatch(/to the closest vertex of /);
  });
});

testShown("camera_obj_abs_dist", {
  ground_truth: "2.9",
  object_ids: [2],
  value: 2.9,
  unit: "m",
  frames: ["000001.jpg"],
  says: "from the camera in 000001.jpg to the box of tv (id 2): 2.9 m",
  lines: 2,
  labels: ["looks", "2.9 m", "frame 1"],
  trace: /a distance of about 2\.90 meters/,
});

testShown("camera_obj_rel_dist", {
  ground_truth: "bed",
  object_ids: [1, 2, 3, 4],
  value: 1,
  margin: 1.9,
  unit: "m",
  frames: ["000001.jpg"],
  question: "Which of these objects (bed, tv, sofa, lamp) is the closest to the camera?",
  says: "from the camera in 000001.jpg to the boxes of bed (id 1), tv (id 2), sofa (id 3), lamp (id 4); the nearest, bed, is 1 m away; 1.9 m from another answer",
  lines: 5,
  labels: ["looks", "1.00 m", "", "", "", "frame 1"],
  trace: /a distance of about 1\.00 meters/,
});
