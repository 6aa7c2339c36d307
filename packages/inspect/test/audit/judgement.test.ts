import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Guesses } from "../../src/audit/guesses.ts";
import { judgeGroup, meanByRoom, sidakQuantile } from "../../src/audit/judgement.ts";
import { guesses, lot } from "../support/auditQuestion.ts";

const ROOMS = Array.from({ length: 400 }, (_, index) => `r${index}`);

/** A way to guess that is right in the first so many of every hundred. */
function way(name: Guesses["name"], role: Guesses["role"], percent: number, rooms = ROOMS): Guesses {
  return guesses({ name, role, scores: Float64Array.from(rooms, (_, index) => (index % 100 < percent ? 1 : 0)) });
}

function judge(ways: Guesses[], rooms = ROOMS) {
  return judgeGroup({ guesses: ways }, rooms, 0.05);
}

const chance = guesses({
  name: "chance",
  role: "chance",
  answers: null,
  scores: new Float64Array(ROOMS.length).fill(0.25),
});

describe("judgeGroup", () => {
  test("choices: the best shortcut against chance", () => {
    const judgement = judge([chance, way("majority answer", "shortcut", 27), way("boosted trees", "shortcut", 40)]);
    expect(judgement).toMatchObject({ verdict: "gives the answer away", shortcut: "boosted trees", priorGain: null });
    expect(judgement.excess?.mean).toBeCloseTo(0.15, 10);
    expect(judge([chance, way("boosted trees", "shortcut", 28)])).toMatchObject({ verdict: "near chance" });
  });

  test("an excess over the limit that may be luck is told as what it is", () => {
    const few = ROOMS.slice(0, 20);
    // 7 of 20 right: 10 points over chance, give or take 21.
    const blind = { ...way("boosted trees", "shortcut", 7, few), scores: sevenOf(few) };
    expect(judge([{ ...chance, scores: chance.scores.slice(0, 20) }, blind], few).verdict).toBe("too few to tell");
  });

  function sevenOf(rooms: readonly string[]): Float64Array {
    return Float64Array.from(rooms, (_, index) => (index < 7 ? 1 : 0));
  }

  test("within two standard errors of chance is near it, where there are enough questions to tell", () => {
    const some = ROOMS.slice(0, 150);
    const rate = (percent: number) => ({
      ...way("boosted trees", "shortcut", 0, some),
      scores: Float64Array.from(some, (_, index) => (index < 1.5 * percent ? 1 : 0)),
    });
    const drawn = { ...chance, scores: chance.scores.slice(0, 150) };
    // One standard error is 3.1 to 3.9 points: 7 over and 5 below chance may be luck, 9 are not.
    expect(judge([drawn, rate(32)], some).verdict).toBe("near chance");
    expect(judge([drawn, rate(34)], some).verdict).toBe("gives the answer away");
    expect(judge([drawn, rate(20)], some).verdict).toBe("near chance");
    expect(judge([drawn, rate(16)], some).verdict).toBe("below chance");
  });

  test("the strongest of five is allowed more luck than a single one", () => {
    const some = ROOMS.slice(0, 150);
    const rate = (percent: number) => ({
      ...way("boosted trees", "shortcut", 0, some),
      scores: Float64Array.from(some, (_, index) => (index < 1.5 * percent ? 1 : 0)),
    });
    const drawn = { ...chance, scores: chance.scores.slice(0, 150) };
    expect(judge([drawn, rate(34), rate(25), rate(24), rate(26), rate(25)], some).verdict).toBe("too few to tell");
    expect(judge([drawn, rate(31), rate(25), rate(24), rate(26), rate(25)], some).verdict).toBe("near chance");
    expect(judge([drawn, rate(40), rate(25), rate(24), rate(26), rate(25)], some).verdict).toBe(
      "gives the answer away",
    );
  });

  test("far below chance is a shortcut too, unless it is a constant's", () => {
    const opposite = way("pair distance", "shortcut", 2);
    const judgement = judge([chance, way("majority answer", "shortcut", 26), opposite]);
    expect(judgement).toMatchObject({ verdict: "below chance", shortcut: "pair distance" });
    expect(judgement.excess?.mean).toBeCloseTo(-0.23, 10);
    const constant = { ...way("common position", "shortcut", 2), isConstant: true };
    expect(judge([chance, way("majority answer", "shortcut", 26), constant]).verdict).toBe("near chance");
    expect(judge([chance, constant])).toMatchObject({ verdict: "below chance", shortcut: "common position" });
  });

  test("numbers: what plain knowledge tells is no shortcut, what comes on top is", () => {
    const known = [way("median", "chance", 40), way("category mean", "prior", 70)];
    expect(judge([...known, way("boosted trees", "shortcut", 72)])).toMatchObject({
      verdict: "plain knowledge",
      reference: "category mean",
      priorGain: { mean: expect.closeTo(0.3, 10) },
    });
    expect(judge([...known, way("boosted trees", "shortcut", 80)]).verdict).toBe("gives the answer away");
    expect(judge([way("median", "chance", 40), way("boosted trees", "shortcut", 42)]).verdict).toBe("near chance");
  });

  test("numbers that follow from the text outright are given away, whoever knows them", () => {
    const known = [way("median", "chance", 40), way("category mean", "prior", 97)];
    expect(judge([...known, way("boosted trees", "shortcut", 97)]).verdict).toBe("gives the answer away");
  });

  test("of fewer than ten rooms nothing is found, however sure (two rooms of like furniture gave the answer away at an excess of 0.0)", () => {
    const known = [
      way("median", "chance", 40),
      way("category mean", "prior", 100),
      way("boosted trees", "shortcut", 100),
    ];
    const choices = [chance, way("boosted trees", "shortcut", 90)];
    for (const [count, verdict] of [
      [2, "too few to tell"],
      [9, "too few to tell"],
      [10, "gives the answer away"],
    ] as const) {
      const rooms = ROOMS.map((_, index) => `r${index % count}`);
      const judgement = judge(known, rooms);
      expect([count, judgement.verdict, judgement.excess?.mean]).toEqual([count, verdict, 0]);
      expect([count, judge(choices, rooms).verdict]).toEqual([count, verdict]);
    }
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

test("sidakQuantile: as many standard errors as keep the largest of some draws at 97.5 %", () => {
  expect(sidakQuantile(1)).toBeCloseTo(1.959964, 5);
  // The product of the draws' probabilities is 0.975: for two each is sqrt(0.975) = 0.98742, at 2.2390 of a normal table.
  expect(sidakQuantile(2)).toBeCloseTo(2.239, 3);
  expect(sidakQuantile(5)).toBeCloseTo(2.5723, 3);
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
