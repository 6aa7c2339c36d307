import { describe, expect, test } from "@jest/globals";
import { reward } from "../../src/rewards/reward.ts";
import { JUDGED } from "../support/judgedAnswers.ts";

const REASONING = "The stove stands by the door, and along the opposite wall I see the lamp next to a long table.";

describe.each(JUDGED.map((question) => [`${question.question_type}, ${question.ground_truth}`, question] as const))(
  "%s",
  (_, { honest, hedged, ...question }) => {
    const paid = (mode: "vanilla" | "think", text: string): number => {
      const completion = mode === "vanilla" ? text : `<think>${REASONING}</think><answer>${text}</answer>`;
      return reward({ ...question, completion, mode, reward: "mra" }).accuracy;
    };

    test.each(["vanilla", "think"] as const)("%s: every honest answer is paid in full", (mode) => {
      expect(honest.filter((text) => paid(mode, text) !== 1)).toEqual([]);
    });

    test.each(["vanilla", "think"] as const)("%s: no hedge is paid", (mode) => {
      expect(hedged.filter((text) => paid(mode, text) !== 0)).toEqual([]);
    });
  },
);

test("the lists are long enough to show anything", () => {
  const count = (name: "honest" | "hedged") => JUDGED.reduce((sum, question) => sum + new Set(question[name]).size, 0);
  expect(count("honest")).toBeGreaterThan(1000);
  expect(count("hedged")).toBeGreaterThan(1500);
});
