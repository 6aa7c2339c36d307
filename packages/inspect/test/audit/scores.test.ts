import { describe, expect, test } from "@jest/globals";
import { scoreAnswer } from "../../src/audit/answerScores.ts";
import { type GuessedGroup, type Guesses, guessGroup, judgeGroup } from "../../src/audit/scores.ts";
import { lot, sideGroup, sizeGroup } from "../support/auditQuestion.ts";

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

const ROOMS = Array.from({ length: 400 }, (_, index) => `r${index}`);

/** A way to guess that is right in the first so many of every hundred. */
function way(name: Guesses["name"], role: Guesses["role"], percent: number, rooms = ROOMS): Guesses {
  return { name, role, answers: [], scores: Float64Array.from(rooms, (_, index) => (index % 100 < percent ? 1 : 0)) };
}

function judge(guesses: Guesses[], rooms = ROOMS) {
  const guessed: GuessedGroup = { guesses, beliefs: new Float64Array(rooms.length) };
  return judgeGroup(guessed, rooms, 0.05);
}

const chance: Guesses = {
  name: "chance",
  role: "chance",
  answers: null,
  scores: new Float64Array(ROOMS.length).fill(0.25),
};

describe("judgeGroup", () => {
  test("choices: the best shortcut against chance", () => {
    const judgement = judge([chance, way("majority answer", "shortcut", 27), way("blind predictor", "shortcut", 40)]);
    expect(judgement).toMatchObject({ verdict: "gives the answer away", shortcut: "blind predictor", priorGain: null });
    expect(judgement.excess?.mean).toBeCloseTo(0.15, 10);
    expect(judge([chance, way("blind predictor", "shortcut", 28)])).toMatchObject({ verdict: "near chance" });
  });

  test("an excess over the limit that may be luck is told as what it is", () => {
    const few = ROOMS.slice(0, 20);
    // 7 of 20 right: 10 points over chance, give or take 21.
    const blind = { ...way("blind predictor", "shortcut", 7, few) };
    expect(judge([{ ...chance, scores: chance.scores.slice(0, 20) }, blind], few).verdict).toBe("too few to tell");
  });

  test("numbers: what plain knowledge tells is no shortcut, what comes on top is", () => {
    const known = [way("median", "chance", 40), way("category mean", "prior", 70)];
    expect(judge([...known, way("blind predictor", "shortcut", 72)])).toMatchObject({
      verdict: "plain knowledge",
      reference: "category mean",
      priorGain: { mean: expect.closeTo(0.3, 10) },
    });
    expect(judge([...known, way("blind predictor", "shortcut", 80)]).verdict).toBe("gives the answer away");
    expect(judge([way("median", "chance", 40), way("blind predictor", "shortcut", 42)]).verdict).toBe("near chance");
  });

  test("numbers that follow from the text outright are given away, whoever knows them", () => {
    const known = [way("median", "chance", 40), way("category mean", "prior", 97)];
    expect(judge([...known, way("blind predictor", "shortcut", 97)]).verdict).toBe("gives the answer away");
  });

  test("without guesses nothing is said", () => {
    expect(judge([])).toEqual({
      verdict: "too few to tell",
      reference: null,
      shortcut: null,
      excess: null,
      priorGain: null,
    });
  });
});
