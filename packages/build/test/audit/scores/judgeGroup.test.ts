import { describe, expect, test } from "@jest/globals";
import type { GuessedGroup, Guesses } from "../../../src/audit/scores/guessGroup.ts";
import { judgeGroup } from "../../../src/audit/scores/judgeGroup.ts";

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
