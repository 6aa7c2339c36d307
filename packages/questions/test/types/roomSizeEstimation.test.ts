import { expect, test } from "@jest/globals";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { factsWith } from "../support/facts.ts";

const types = ["room_size_estimation"] as const;

test("the room's area with one decimal, also without any object", () => {
  const { questions } = generateQuestions(factsWith([], { area_m2: 47.25 }), { types });
  expect(questions).toMatchObject([
    {
      question: "What is the size of this room (in square meters)?",
      ground_truth: "47.3",
      evidence: { object_ids: [], value: 47.25, unit: "m2", margin: null },
    },
  ]);
});

test("a room without area is refused", () => {
  const { questions, rejects } = generateQuestions(factsWith([], { area_m2: 0 }), { types });
  expect(questions).toEqual([]);
  expect(rejects).toMatchObject([{ code: "rounds-to-zero", object_ids: [], value: 0, limit: 0.05, unit: "m2" }]);
});
