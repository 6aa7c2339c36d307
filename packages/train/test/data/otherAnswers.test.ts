import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { otherAnswers } from "../../src/data/otherAnswers.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";

test("a direction's other word", () => {
  expect(otherAnswers(VSI_100K_QUESTIONS[5]!)).toEqual(["left"]);
});

test("the other objects that the question lists", () => {
  expect(otherAnswers(VSI_100K_QUESTIONS[4]!)).toEqual(["sink", "pillow", "guitar"]);
});

test("the other options, without their letters", () => {
  const options = ["A. front-left", "B. back-right", "C. front-right"];
  const question_type = "object_rel_direction_hard" as const;
  expect(otherAnswers(makeQuestion({ question_type, options, ground_truth: "back-right" }))).toEqual([
    "front-left",
    "front-right",
  ]);
});

test("none where the question offers none, whatever its text", () => {
  fc.assert(
    fc.property(fc.string(), (question) => {
      expect(otherAnswers(makeQuestion({ question_type: "route_planning", question, ground_truth: "x" }))).toEqual([]);
    }),
  );
});
