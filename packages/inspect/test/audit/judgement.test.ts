import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { GuessedGroup, Guesses } from "../../src/audit/guesses.ts";
import { judgeGroup, meanByRoom } from "../../src/audit/judgement.ts";
import { lot } from "../support/auditQuestion.ts";

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

describe("meanByRoom", () => {
  test("with one question a room it is the textbook interval of a mean", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 2, maxLength: 30 }), (values) => {
        const { mean, low, high } = meanByRoom(
          values,
          values.map((_, index) => `r${index}`),
        );
        const average = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length - 1);
        expect(mean).toBeCloseTo(average, 10);
        expect((high! - low!) / 2).toBeCloseTo(1.96 * Math.sqrt(variance / values.length), 3);
      }),
    );
  });

  test("questions that repeat their room's score add nothing: the interval stays as wide", () => {
    const scores = [0, 1, 1, 0, 1, 1, 1];
    const rooms = scores.map((_, index) => `r${index}`);
    const once = meanByRoom(scores, rooms);
    const five = Array.from({ length: 5 }).flatMap(() => scores);
    const repeated = meanByRoom(
      five,
      Array.from({ length: 5 }).flatMap(() => rooms),
    );
    expect(repeated.low).toBeCloseTo(once.low!, 10);
    expect(repeated.high).toBeCloseTo(once.high!, 10);
  });

  test("holds the true mean in about 95 of 100 draws of rooms", () => {
    let held = 0;
    for (let draw = 0; draw < 1000; draw++) {
      const values: number[] = [];
      const rooms: string[] = [];
      for (let room = 0; room < 60; room++) {
        const score = lot(draw, room) < 0.3 ? 1 : 0;
        for (let index = 0; index < 4; index++) {
          values.push(score);
          rooms.push(`r${room}`);
        }
      }
      const { low, high } = meanByRoom(values, rooms);
      if (low! <= 0.3 && high! >= 0.3) held += 1;
    }
    expect(held).toBeGreaterThan(915);
    expect(held).toBeLessThan(980);
  });

  test("one room has no interval", () => {
    expect(meanByRoom([1, 0], ["r", "r"])).toEqual({ mean: 0.5, low: null, high: null });
  });
});
