import { expect, test } from "@jest/globals";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { factsWith, objectAt } from "../support/facts.ts";

test("labels with at least two instances, counted without the excluded ones", () => {
  const objects = [
    objectAt(0, "chair", [0, 0, 0]),
    objectAt(1, "trash can", [1, 0, 0]),
    objectAt(2, "bed", [1, 1, 0]),
    objectAt(3, "chair", [1, 1, 0]),
    objectAt(4, "trash can", [1, 1, 0]),
    objectAt(5, "trash can", [1, 1, 0]),
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
