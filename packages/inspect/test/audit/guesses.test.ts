import { describe, expect, test } from "@jest/globals";
import { guessGroup, scoreAnswer } from "../../src/audit/guesses.ts";
import { choiceQuestion, lot, numberQuestion, sideGroup, sizeGroup } from "../support/auditQuestion.ts";

describe("guessGroup", () => {
  test("chance comes first, the blind predictor last, and every score is that of the answer beside it", () => {
    for (const group of [
      sideGroup(12, (_, room) => (lot(room) < 0.5 ? "left" : "right")),
      sizeGroup(12, (_, room) => room + 1),
    ]) {
      const { guesses, beliefs } = guessGroup(group, "0");
      expect(guesses[0]?.role).toBe("chance");
      expect(guesses.at(-1)?.name).toBe("blind predictor");
      expect(beliefs).toHaveLength(group.questions.length);
      for (const { answers, scores } of guesses) {
        if (answers === null)
          expect([...scores]).toEqual(group.questions.map(({ candidates }) => 1 / candidates.length));
        else expect([...scores]).toEqual(answers.map((answer, index) => scoreAnswer(answer, group.questions[index]!)));
      }
    }
  });

  test("the same partition gives the same guesses, another one others", () => {
    const group = sideGroup(20, (_, room, index) => (lot(room, index) < 0.5 ? "left" : "right"));
    expect(guessGroup(group, "a")).toEqual(guessGroup(group, "a"));
    expect(guessGroup(group, "b").beliefs).not.toEqual(guessGroup(group, "a").beliefs);
  });

  test("where all answers are the same, chance still is a half and the majority is right", () => {
    const group = sideGroup(6, () => "left");
    const questions = group.questions.map((question) => ({ ...question, candidates: ["left"] }));
    const { guesses } = guessGroup({ ...group, questions }, "0");
    expect(guesses.map(({ name, scores }) => [name, scores[0]])).toEqual([
      ["chance", 0.5],
      ["majority answer", 1],
      ["blind predictor", 1],
    ]);
  });

  test("one room can't be guessed at from others", () => {
    expect(
      guessGroup(
        sizeGroup(1, () => 1),
        "0",
      ).guesses,
    ).toEqual([]);
    expect(guessGroup({ ...sizeGroup(0, () => 1) }, "0").guesses).toEqual([]);
  });
});

test("numbers by VSI-Bench's ten thresholds, words by equality", () => {
  expect(scoreAnswer(100, numberQuestion({ value: 100 }))).toBe(1);
  // 18 % off: |error| <= 1 - theta holds for 0.5 to 0.8, seven of the ten.
  expect(scoreAnswer(118, numberQuestion({ value: 100 }))).toBe(0.7);
  expect(scoreAnswer(300, numberQuestion({ value: 100 }))).toBe(0);
  expect(scoreAnswer("left", choiceQuestion({ candidates: ["left", "right"], truth: "left" }))).toBe(1);
  expect(scoreAnswer("right", choiceQuestion({ candidates: ["left", "right"], truth: "left" }))).toBe(0);
});
