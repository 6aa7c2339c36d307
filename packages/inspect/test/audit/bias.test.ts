import { describe, expect, test } from "@jest/globals";
import { biasedLabels, biasedQuestions } from "../../src/audit/bias.ts";
import type { GuessedGroup } from "../../src/audit/guesses.ts";
import { guesses, sizeGroup } from "../support/auditQuestion.ts";

describe("biasedLabels", () => {
  const group = sizeGroup(25, () => 100);
  /** A blind predictor that is right about beds always, about lamps in every second room, and else never. */
  const scores = Float64Array.from(group.questions, ({ places }, index) =>
    places.category === "bed" ? 1 : places.category === "lamp" ? index % 2 : 0,
  );
  const guessed: GuessedGroup = {
    guesses: [
      guesses({ name: "median", role: "chance", scores: new Float64Array(scores.length).fill(0.1) }),
      guesses({ name: "log mean", role: "shortcut", scores: new Float64Array(scores.length).fill(0.2) }),
      guesses({ name: "boosted trees", role: "shortcut", scores }),
    ],
  };

  test("lists the labels by what is gained in their questions, and none that loses", () => {
    const listed = biasedLabels(group, guessed);
    expect(listed.map(({ label }) => label)).toEqual(["bed", "lamp"]);
    expect(listed[0]).toEqual({ label: "bed", questions: 25, blind: 1, chance: expect.closeTo(0.1, 10) });
    expect(listed[1]?.blind).toBeCloseTo(12 / 25, 10);
  });

  test("leaves out labels of few questions", () => {
    const few = { ...group, questions: group.questions.slice(0, 19 * 5) };
    expect(biasedLabels(few, guessed)).toEqual([]);
  });
});

test("the surest right answers against chance, each asked thing once", () => {
  const group = sizeGroup(3, (category) => category.length);
  const beliefs = Float64Array.from(group.questions, ({ places }, index) =>
    places.category === "sofa" ? 0.9 : index / 100,
  );
  const scores = new Float64Array(beliefs.length).fill(0.25);
  // The constant scores best, but is as sure of every answer: the listed questions are those of the one with beliefs.
  const guessed: GuessedGroup = {
    guesses: [
      guesses({ name: "chance", role: "chance", answers: null, scores }),
      guesses({ name: "majority answer", role: "shortcut", scores: scores.map(() => 1) }),
      guesses({ name: "boosted trees", role: "shortcut", scores, beliefs }),
    ],
  };
  const listed = biasedQuestions(group, guessed);
  expect(listed).toHaveLength(5);
  expect(listed[0]).toEqual({
    id: "0.sofa",
    text: "How long is the sofa?",
    truth: "4",
    belief: 0.9,
    gain: expect.closeTo(0.65, 10),
  });
  expect(listed[1]?.id).toBe("2.table");
});
