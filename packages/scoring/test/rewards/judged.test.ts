import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { reward } from "../../src/rewards/reward.ts";
import wordings from "../judgedWordings.json" with { type: "json" };

/** Answers as a person judges them. What is honest must be paid in full, whatever its dress; what is hedged, nothing. */
interface JudgedQuestion {
  question_type: string;
  ground_truth: string;
  options: string[] | null;
  honest: string[];
  hedged: string[];
}

interface JudgedTemplate extends JudgedQuestion {
  /** How the true value and a wrong one are said. */
  said: string[];
  other: string[];
}

function linesOf<Line>(file: string): Line[] {
  const text = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

/** Each value in dress that changes nothing, with a way out that names no second value, and joined to a wrong one. */
const JUDGED = linesOf<JudgedTemplate>("judgedTemplates.jsonl").map(({ said, other, honest, hedged, ...question }) => ({
  ...question,
  honest: [...filled(wordings.dress, said), ...honest],
  hedged: [...filled(wordings.open_ends, said.slice(0, 3)), ...joined(said.slice(0, 2), other.slice(0, 2)), ...hedged],
}));

function filled(templates: readonly string[], values: readonly string[]): string[] {
  return templates.flatMap((template) => values.map((value) => template.replaceAll("{}", () => value)));
}

function joined(said: readonly string[], other: readonly string[]): string[] {
  return wordings.joints.flatMap((joint) => {
    const close = joint.includes("(") ? ")" : joint.includes("{") ? "}" : "";
    return said.flatMap((one) =>
      other.flatMap((two) => [`${one}${joint}${two}${close}`, `${two}${joint}${one}${close}`]),
    );
  });
}

/** Judged one by one, without templates: arrows, strikethrough, lists of scripts, whole sentences. */
const ONE_BY_ONE = linesOf<JudgedQuestion>("judged.jsonl");

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
