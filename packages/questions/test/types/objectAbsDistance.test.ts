import { expect, test } from "@jest/globals";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { factsWith, objectAt } from "../support/facts.ts";

const types = ["object_abs_distance"] as const;

test("every pair of one-instance labels, in three dimensions, between centroids and not box centres", () => {
  const sink = objectAt(7, "sink", [3, 4, 12]);
  const objects = [
    { ...sink, box: { ...sink.box, center: [9, 9, 9] as [number, number, number] } },
    objectAt(2, "bed", [0, 0, 0]),
    objectAt(5, "lamp", [0, 0, 1.25]),
    objectAt(3, "chair", [1, 0, 0]),
    objectAt(4, "chair", [2, 0, 0]),
  ];
  const { questions, rejects } = generateQuestions(factsWith(objects), { types });
  expect(rejects).toEqual([]);
  expect(
    questions.map(({ question, ground_truth, evidence }) => [question, ground_truth, evidence.object_ids]),
  ).toEqual([
    ["What is the distance between the bed and the lamp (in meters)?", "1.3", [2, 5]],
    ["What is the distance between the bed and the sink (in meters)?", "13.0", [2, 7]],
    ["What is the distance between the lamp and the sink (in meters)?", "11.9", [5, 7]],
  ]);
  expect(questions[1]!.evidence).toMatchObject({ value: 13, unit: "m", margin: null });
});

test("two objects in one place are refused, since 0.0 cannot be measured against", () => {
  const objects = [objectAt(0, "bed", [1, 1, 1]), objectAt(1, "pillow", [1, 1, 1.049])];
  const { questions, rejects } = generateQuestions(factsWith(objects), { types });
  expect(questions).toEqual([]);
  expect(rejects).toMatchObject([{ code: "rounds-to-zero", object_ids: [0, 1], limit: 0.05, unit: "m" }]);
});
