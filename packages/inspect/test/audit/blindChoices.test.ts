import { describe, expect, test } from "@jest/globals";
import { type BlindChoice, boostedChoices, choiceRows, regressedChoices } from "../../src/audit/blindChoices.ts";
import { choiceFeatures } from "../../src/audit/choiceFeatures.ts";
import { foldsOf } from "../../src/audit/folds.ts";
import type { QuestionGroup } from "../../src/audit/questions.ts";
import { choiceQuestion, lot, sideGroup } from "../support/auditQuestion.ts";

const ROOMS = 60;

/** Both ways to guess from the words of each candidate, by the same folds. */
const WAYS: Record<string, (group: QuestionGroup, folds: Uint8Array) => BlindChoice[]> = {
  boostedChoices: ({ questions }, folds) => boostedChoices(questions, choiceRows(questions), folds),
  regressedChoices: (group, folds) => regressedChoices(group.questions, choiceFeatures(group), folds),
};

function guessWith(way: string, group: QuestionGroup) {
  const { questions } = group;
  const folds = foldsOf(
    questions.map(({ room }) => room),
    "0",
  );
  const choices = WAYS[way]!(group, folds);
  const right = choices.filter(({ answer }, index) => answer === questions[index]?.truth).length;
  return { folds, choices, accuracy: right / questions.length };
}

describe.each(Object.keys(WAYS))("%s", (way) => {
  const guessAll = (group: QuestionGroup) => guessWith(way, group);

  test("finds that the label asked about decides", () => {
    const decided = sideGroup(ROOMS, ([, querying]) => (querying < "desk" ? "left" : "right"));
    expect(guessAll(decided).accuracy).toBeGreaterThan(0.95);
  });

  test("finds what takes two labels together", () => {
    const decided = sideGroup(ROOMS, ([orienting, querying]) => (querying < orienting ? "left" : "right"));
    expect(guessAll(decided).accuracy).toBeGreaterThan(0.85);
  });

  test("coins fall as they fall: about half, over ten times six hundred questions", () => {
    const accuracies = Array.from({ length: 10 }, (_, draw) => {
      const coins = sideGroup(ROOMS, (_, room, index) => (lot(draw, room, index) < 0.5 ? "left" : "right"));
      return guessAll(coins).accuracy;
    });
    // 3,600 coins: standard deviation 0.8 points; five of them either side.
    expect(Math.abs(accuracies.reduce((sum, own) => sum + own / 10, 0) - 0.5)).toBeLessThan(0.042);
  });

  test("a label of its own for every room, which only learning by heart could use, helps nothing", () => {
    const byRoom = sideGroup(ROOMS, (_, room) => (lot(room) < 0.5 ? "left" : "right"));
    const questions = byRoom.questions.map((question) => ({
      ...question,
      places: { category: `thing of ${question.room}` },
    }));
    const { accuracy } = guessAll({ ...byRoom, questions });
    // 60 rooms, each right or wrong as a whole: standard deviation 6.5 points; below half as the others' majority is
    // held against it.
    expect(accuracy).toBeLessThan(0.5 + 3 * 0.065);
  });

  test("never sees its own fold's answers: whatever they are, its guesses stay the same", () => {
    const group = sideGroup(ROOMS, (_, room, index) => (lot(room, index) < 0.6 ? "left" : "right"));
    const { folds, choices } = guessAll(group);
    for (let fold = 0; fold < 5; fold++) {
      const questions = group.questions.map((question, index) =>
        folds[index] === fold ? { ...question, truth: question.truth === "left" ? "right" : "left" } : question,
      );
      const others = guessAll({ ...group, questions }).choices;
      for (const [index, { answer }] of choices.entries()) {
        if (folds[index] === fold) expect(others[index]?.answer).toBe(answer);
      }
    }
  });

  test("questions in a wording that is not known are read word by word", () => {
    const decided = sideGroup(ROOMS, ([, querying]) => (querying < "desk" ? "left" : "right"));
    const questions = decided.questions.map((question) => ({ ...question, places: {} }));
    expect(guessAll({ ...decided, questions }).accuracy).toBeGreaterThan(0.75);
  });
});

describe("choiceRows", () => {
  const questions = [
    choiceQuestion({ candidates: ["tv", "lamp"], truth: "lamp", places: { a: "tv", b: "lamp", category: "sofa" } }),
    choiceQuestion({ candidates: ["lamp", "tv"], truth: "lamp", places: { a: "lamp", b: "tv", category: "sofa" } }),
  ];

  test("one row a candidate, marked where it is right", () => {
    const { starts, right } = choiceRows(questions);
    expect([...starts]).toEqual([0, 2, 4]);
    expect([...right]).toEqual([0, 1, 1, 0]);
  });

  test("the same candidate in another place shares its words and labels, not its position", () => {
    const { keys, keyCount } = choiceRows(questions);
    const row = (index: number) => [...keys.subarray(index * keyCount, (index + 1) * keyCount)];
    const [first, second] = [row(1), row(2)];
    expect(first[0]).not.toBe(second[0]);
    expect(first[1]).toBe(second[1]);
    expect(first.at(-1)).toBe(second.at(-1));
    // Both stand first in their list.
    expect(row(0)[0]).toBe(row(2)[0]);
  });

  test("the truth changes nothing but the marks", () => {
    const others = questions.map((question) => ({ ...question, truth: "tv" }));
    expect(choiceRows(others).keys).toEqual(choiceRows(questions).keys);
  });
});
