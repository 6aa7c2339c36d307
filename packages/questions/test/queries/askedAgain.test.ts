import { describe, expect, test } from "@jest/globals";
import type { SceneFacts } from "@vsi/geometry";
import fc from "fast-check";
import type { GenerateOptions } from "../../src/generateOptions.ts";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { answerQuery } from "../../src/queries/answerQuery.ts";
import { parseQuestion } from "../../src/queries/parseQuestion.ts";
import { arbitraryFacts } from "../support/facts.ts";
import { hasPublishedFacts, publishedFacts } from "../support/publishedFacts.ts";

type Meaning = Pick<GenerateOptions, "protocol" | "labels" | "distance">;

/** Asks every question once more from its text; returns how many there were. */
function askAgain(facts: SceneFacts, meaning: Meaning, seed: number): number {
  const { labels, distance } = meaning;
  const categories = facts.objects.map((object) => (labels === "raw" ? object.label : object.category));
  const { questions } = generateQuestions(facts, { ...meaning, seed });
  for (const { question, question_type, ground_truth, evidence } of questions) {
    const query = parseQuestion(question, { categories });
    expect(query.question_type).toBe(question_type);
    const again = answerQuery(facts, query, { labels, distance });
    expect(again).toMatchObject({ ground_truth, evidence });
    const numbers = [evidence.value, evidence.margin].filter((value) => value !== null);
    expect([again.value, again.margin]).toEqual([evidence.value, evidence.margin]);
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(question).not.toContain("NaN");
  }
  return questions.length;
}

const MEANINGS: Meaning[] = [
  { protocol: "vsi-100k", labels: "raw", distance: "centroid" },
  { protocol: "vsi-100k", labels: "canonical", distance: "box" },
  { protocol: "vsi-bench", labels: "canonical", distance: "box" },
  { protocol: "vsi-bench", labels: "raw", distance: "centroid" },
];

test.each(MEANINGS)(
  "every question of $protocol, $labels names, $distance distance, asked again has the same answer",
  (meaning) => {
    fc.assert(fc.property(arbitraryFacts, fc.integer(), (facts, seed) => void askAgain(facts, meaning, seed)));
  },
);

test("sampled distances too", () => {
  fc.assert(
    fc.property(
      arbitraryFacts,
      (facts) => void askAgain(facts, { protocol: "vsi-bench", labels: "canonical", distance: "sampled" }, 0),
    ),
    { numRuns: 10 },
  );
});

describe("the 88 scans of VSI-Bench's published facts", () => {
  const whereTheyAre = hasPublishedFacts() ? test : test.skip;

  whereTheyAre.each(MEANINGS)("$protocol, $labels names, $distance distance: the same again", (meaning) => {
    const scans = publishedFacts();
    expect(scans).toHaveLength(88);
    const questions = scans.reduce((sum, facts) => sum + askAgain(facts, meaning, 0), 0);
    expect(questions).toBeGreaterThan(1500);
  });
});
