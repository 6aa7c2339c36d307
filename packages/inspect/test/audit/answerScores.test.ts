import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { meanByRoom, scoreAnswer } from "../../src/audit/answerScores.ts";
import { choiceQuestion, lot, numberQuestion } from "../support/auditQuestion.ts";

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

test("numbers by VSI-Bench's ten thresholds, words by equality", () => {
  expect(scoreAnswer(100, numberQuestion({ value: 100 }))).toBe(1);
  // 18 % off: |error| <= 1 - theta holds for 0.5 to 0.8, seven of the ten.
  expect(scoreAnswer(118, numberQuestion({ value: 100 }))).toBe(0.7);
  expect(scoreAnswer(300, numberQuestion({ value: 100 }))).toBe(0);
  expect(scoreAnswer("left", choiceQuestion({ candidates: ["left", "right"], truth: "left" }))).toBe(1);
  expect(scoreAnswer("right", choiceQuestion({ candidates: ["left", "right"], truth: "left" }))).toBe(0);
});
