import { expect, test } from "@jest/globals";
import { parseRewardRequest } from "../../src/node/parseRewardRequest.ts";

const REQUEST = {
  completion: "3",
  ground_truth: "3",
  question_type: "object_counting",
  options: null,
  mode: "vanilla",
  accuracy: "mra",
};

test("a request comes back as it is, with or without what may be left out", () => {
  expect(parseRewardRequest(JSON.stringify(REQUEST))).toEqual(REQUEST);
  const { options: _options, accuracy: _accuracy, ...least } = { ...REQUEST, ground_truth: 3 };
  expect(parseRewardRequest(JSON.stringify(least))).toEqual(least);
});

test("each field of a wrong kind is named, with what came and what belongs there", () => {
  const wrong: Record<string, unknown> = {
    completion: ["3"],
    ground_truth: null,
    question_type: 7,
    options: ["A", 1],
    mode: "Think",
    accuracy: "exact",
  };
  for (const [field, value] of Object.entries(wrong)) {
    expect(() => parseRewardRequest(JSON.stringify({ ...REQUEST, [field]: value }))).toThrow(
      expect.objectContaining({
        code: "request-unfit",
        detail: expect.objectContaining({ place: field, got: JSON.stringify(value) }),
      }),
    );
  }
  expect(() => parseRewardRequest("{}")).toThrow("completion: got nothing, expected a string");
});

test("what is no JSON object is refused, and a long line is not repeated", () => {
  for (const line of ["", "{", "[]", "null", "3", '"text"', "x".repeat(1000)]) {
    expect(() => parseRewardRequest(line)).toThrow(expect.objectContaining({ code: "request-unfit" }));
  }
  expect(() => parseRewardRequest("x".repeat(1000))).toThrow(/^the line: got x{80}\.\.\., expected a JSON object/);
});
