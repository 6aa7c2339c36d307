import { expect, test } from "@jest/globals";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { factsWith, objectAt } from "../support/facts.ts";

test("the longest side of a label's only object, in whole centimetres, whichever side it is", () => {
  const objects = [
    objectAt(0, "bed", [0, 0, 0], [1.1, 2.034, 0.5]),
    objectAt(1, "lamp", [0, 0, 0], [0.2, 0.3, 1.125]),
    objectAt(2, "chair", [0, 0, 0], [1, 1, 1]),
    objectAt(3, "chair", [0, 0, 0], [1, 1, 1]),
  ];
  const { questions, rejects } = generateQuestions(factsWith(objects), { types: ["object_size_estimation"] });
  expect(rejects).toEqual([]);
  expect(questions.map(({ ground_truth, evidence }) => [evidence.object_ids, ground_truth, evidence.unit])).toEqual([
    [[0], "203", "cm"],
    [[1], "113", "cm"],
  ]);
  expect(questions[0]!.evidence.value).toBeCloseTo(203.4, 9);
  expect(questions[0]!.question).toBe(
    "What is the length of the longest dimension (length, width, or height) of the bed, measured in centimeters?",
  );
});

test("a point, whose size reads 0, is refused", () => {
  const { questions, rejects } = generateQuestions(factsWith([objectAt(0, "pin", [0, 0, 0], [0.004, 0, 0])]), {
    types: ["object_size_estimation"],
  });
  expect(questions).toEqual([]);
  expect(rejects).toMatchObject([{ code: "rounds-to-zero", object_ids: [0], value: 0.4, limit: 0.5, unit: "cm" }]);
});
