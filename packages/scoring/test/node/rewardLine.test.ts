import { expect, test } from "@jest/globals";
import { rewardLine } from "../../src/node/rewardLine.ts";
import { type RewardRequest, reward } from "../../src/rewards/reward.ts";

const REQUEST: RewardRequest = {
  completion: "4\u2028",
  ground_truth: "3",
  question_type: "object_counting",
  mode: "vanilla",
};

test("a request's line is answered with its reward on one line", () => {
  const { json, isError } = rewardLine(JSON.stringify(REQUEST), 1);
  expect([JSON.parse(json), isError, json.includes("\n")]).toEqual([reward(REQUEST), false, false]);
});

test("what cannot be rewarded is answered with its line and its code", () => {
  const rows: [string | null, string][] = [
    ["{", "request-unfit"],
    [JSON.stringify({ ...REQUEST, question_type: "colour" }), "question-type-unknown"],
    [JSON.stringify({ ...REQUEST, ground_truth: "many" }), "truth-unfit"],
    [JSON.stringify({ ...REQUEST, question_type: "route_planning", options: ["A. x", "A. y"] }), "options-unfit"],
    [null, "line-too-long"],
  ];
  for (const [text, code] of rows) {
    const { json, isError } = rewardLine(text, 7);
    expect(isError).toBe(true);
    expect(JSON.parse(json)).toEqual({ line: 7, code, error: expect.stringMatching(/got .*expected/) });
  }
});
