import { expect, test } from "@jest/globals";
import { QUESTION_TYPES } from "@vsi/dataset";
import { knownQuestionType, sharedWords } from "../src/questionType.ts";

test("the directions are those that VSI-Bench's three templates name", () => {
  expect(sharedWords("object_rel_direction_hard")).toEqual(["front-left", "front-right", "back-left", "back-right"]);
  expect(sharedWords("object_rel_direction_medium")).toEqual(["left", "right", "back"]);
  expect(sharedWords("object_rel_direction_easy")).toEqual(["left", "right"]);
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
