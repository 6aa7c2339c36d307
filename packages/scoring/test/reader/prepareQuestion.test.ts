import { expect, test } from "@jest/globals";
import { prepareQuestion } from "../../src/reader/prepareQuestion.ts";

test("prepareQuestion knows the unit, and parses the options of word questions alone", () => {
  expect(prepareQuestion({ questionType: "room_size_estimation", options: ["A. 1", "B. 1"] })).toEqual({
    questionType: "room_size_estimation",
    unit: "m2",
    options: [],
  });
  expect(prepareQuestion({ questionType: "route_planning", options: ["A. Turn Left"] })).toMatchObject({
    unit: null,
    options: [{ letter: "A", words: ["turn", "left"] }],
  });
  expect(prepareQuestion({ questionType: "route_planning" }).options).toEqual([]);
  expect(() => prepareQuestion({ questionType: "colour" })).toThrow(
    expect.objectContaining({ code: "question-type-unknown" }),
  );
});
