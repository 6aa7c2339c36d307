import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { reward } from "../../src/rewards/reward.ts";
import { JUDGED, type JudgedQuestion } from "../support/judgedAnswers.ts";

/** Judged one by one, without templates: arrows, strikethrough, lists of scripts, whole sentences. */
const ONE_BY_ONE = readFileSync(new URL("../judged.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line): Omit<JudgedQuestion, "said" | "other"> => JSON.parse(line));

const REASONING = "The stove stands by the door, and along the opposite wall I see the lamp next to a long table.";

describe.each(
  [...JUDGED, ...ONE_BY_ONE].map(
    (question) => [`${question.question_type}, ${question.ground_truth}`, question] as const,
  ),
)("%s", (_, { honest, hedged, ...question }) => {
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
});

test("the lists are long enough to show anything", () => {
  const count = (name: "honest" | "hedged") => JUDGED.reduce((sum, question) => sum + new Set(question[name]).size, 0);
  expect(count("honest")).toBeGreaterThan(1000);
  expect(count("hedged")).toBeGreaterThan(1500);
  expect(ONE_BY_ONE.flatMap(({ honest }) => honest).length).toBeGreaterThan(350);
  expect(ONE_BY_ONE.flatMap(({ hedged }) => hedged).length).toBeGreaterThan(800);
});
