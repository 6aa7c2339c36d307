import { describe, expect, test } from "@jest/globals";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith, objectAt } from "../support/facts.ts";
import { testShown } from "../support/shown.ts";

test("labels with at least two instances, counted without the excluded ones", () => {
  const objects = [
    objectAt(0, "chair", [0, 0, 0]),
    objectAt(1, "trash can", [1, 0, 0]),
    objectAt(2, "bed", [1, 1, 0]),
    objectAt(3, "chair", [1, 1, 0]),
    objectAt(4, "trash can", [1, 1, 0]),
    objectAt(5, "trash can", [2, 1, 0]),
    { ...objectAt(6, "wall", [0, 0, 0]), excluded: "structure" as const },
    { ...objectAt(7, "wall", [0, 0, 0]), excluded: "structure" as const },
  ];
  const { questions, rejects } = generateQuestions(factsWith(objects), { types: ["object_counting"] });
  expect(rejects).toEqual([]);
  expect(questions.map(({ question, ground_truth, evidence }) => ({ question, ground_truth, evidence }))).toEqual([
    {
      question: "How many chair(s) are in this room?",
      ground_truth: "2",
      evidence: { object_ids: [0, 3], value: 2, unit: "count", margin: null, route: null, frames: null },
    },
    {
      question: "How many trash can(s) are in this room?",
      ground_truth: "3",
      evidence: { object_ids: [1, 4, 5], value: 3, unit: "count", margin: null, route: null, frames: null },
    },
  ]);
});

describe("what sampled frames show", () => {
  const objects = [0, 1, 2, 3, 4].map((id) => objectAt(id, id < 3 ? "chair" : "bed", [id, 0, 0]));
  const ask = (visible: Record<number, number>, options: object = {}) =>
    generateQuestions(factsWith(objects, { camera: cameraWith([{ visible }, {}]) }), {
      types: ["object_counting"],
      ...options,
    });

  test("every instance seen: asked; one hidden or hardly there: refused with the numbers", () => {
    const { questions, rejects } = ask({ 0: 60, 1: 60, 2: 49, 3: 60, 4: 50 });
    expect(questions).toMatchObject([
      {
        ground_truth: "2",
        frames: ["000000.jpg", "000030.jpg"],
        evidence: { object_ids: [3, 4], frames: ["000000.jpg"] },
      },
    ]);
    expect(rejects).toMatchObject([{ code: "not-all-seen", value: 2, limit: 3, unit: "count", object_ids: [0, 1, 2] }]);
  });

  test("counting what is seen: at least two of a label, with these as evidence", () => {
    const { questions, rejects } = ask({ 0: 60, 2: 60, 3: 60, 4: 9 }, { countVisible: true });
    expect(questions).toMatchObject([{ ground_truth: "2", evidence: { object_ids: [0, 2], value: 2 } }]);
    expect(rejects).toEqual([]);
  });

  test("without a stream, counting what is seen counts the room", () => {
    const facts = factsWith(objects);
    const types = ["object_counting"] as const;
    expect(generateQuestions(facts, { types, countVisible: true })).toEqual(generateQuestions(facts, { types }));
  });
});

testShown("object_counting", {
  ground_truth: "2",
  object_ids: [1, 2],
  value: 2,
  unit: "count",
  says: "counted: bed (id 1), tv (id 2)",
  lines: 0,
  labels: [],
  trace: /counting each of these objects only once, I find 2 of them/,
});
