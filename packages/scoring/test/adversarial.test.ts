import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { type RewardRequest, reward } from "../src/rewards/reward.ts";

interface AdversarialCase extends RewardRequest {
  why: string;
  expected: { format: 0 | 1 | null; accuracy: number };
}

const CASES = readFileSync(new URL("./adversarial.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line): AdversarialCase => JSON.parse(line));

test("the file holds at least 60 completions, and some that deserve their reward", () => {
  expect(CASES.length).toBeGreaterThanOrEqual(60);
  expect(CASES.filter(({ expected }) => expected.format !== 0 && expected.accuracy === 1).length).toBeGreaterThan(5);
});

test.each(CASES.map((adversarial) => [adversarial.why, adversarial] as const))("%s", (_, { expected, ...request }) => {
  const { format, accuracy, total, guards } = reward(request);
  expect(format).toBe(expected.format);
  expect(accuracy).toBeCloseTo(expected.accuracy, 12);
  expect(total).toBe((format ?? 0) + accuracy);
  // What is not fully paid says why, except for a number or a word that was read well and is wrong.
  if (format === 0) expect(guards).not.toEqual([]);
});
