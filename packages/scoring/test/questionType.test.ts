import { expect, test } from "@jest/globals";
import { QUESTION_TYPES } from "@vsi/dataset";
import { knownQuestionType, sharedWords } from "../src/questionType.ts";

test("the directions are those that VSI-Bench's three templates name", () => {
  const named = "front-left, front-right, back-left, back-right, left, right, back, left, right".split(", ");
  const known = sharedWords("object_rel_direction_hard")?.map((words) => words.join("-")) ?? [];
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
  // "front" is no answer, but one who says it has not said "left".
  expect(known.filter((name) => !named.includes(name))).toEqual(["front"]);
});

test("three types ask for a direction and one for a camera's movement; the words of all others are the question's own", () => {
  expect(QUESTION_TYPES.filter((type) => sharedWords(type) !== null)).toEqual([
    "object_rel_direction_easy",
    "object_rel_direction_medium",
    "object_rel_direction_hard",
    "camera_movement_direction",
  ]);
});

test("every type of the table is known, and no other name", () => {
  for (const type of QUESTION_TYPES) expect(knownQuestionType(type)).toBe(type);
  for (const name of ["colour", "", "toString"]) {
    expect(() => knownQuestionType(name)).toThrow(expect.objectContaining({ code: "question-type-unknown" }));
  }
});
