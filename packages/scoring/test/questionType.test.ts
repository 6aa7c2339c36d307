import { expect, test } from "@jest/globals";
import { VSI_BENCH_TYPES } from "@vsi/dataset";
import { DIRECTION_WORDS, isDirectionQuestion } from "../src/questionType.ts";

test("the directions are those that VSI-Bench's three templates name", () => {
  const named = "front-left, front-right, back-left, back-right, left, right, back, left, right".split(", ");
  const known = DIRECTION_WORDS.map((words) => words.join("-"));
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
  // "front" is no answer, but one who says it has not said "left".
  expect(known.filter((name) => !named.includes(name))).toEqual(["front"]);
});

test("three question types ask for a direction", () => {
  expect(VSI_BENCH_TYPES.filter(isDirectionQuestion)).toHaveLength(3);
});
