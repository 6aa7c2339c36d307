import { describe, expect, test } from "@jest/globals";
import { numberAccuracy } from "@vsi/scoring";
import fc from "fast-check";
import { bestByName, bestConstant } from "../../src/audit/bestGuess.ts";
import { lot, numberQuestion } from "../support/auditQuestion.ts";

const size = (category: string, value: number) => numberQuestion({ places: { category }, value });
const worth = (guess: number, truths: readonly number[]) =>
  truths.reduce((sum, truth) => sum + numberAccuracy(guess, truth, "mra"), 0);

describe("bestConstant", () => {
  test("no answer that occurs scores better on the training answers", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 }), (answers) => {
        const constant = bestConstant(answers.map((value) => numberQuestion({ value })))();
        for (const other of answers) expect(worth(other, answers)).toBeLessThanOrEqual(worth(constant, answers) + 1e-9);
        expect(answers).toContain(constant);
      }),
    );
  });

  test("of thousands of different answers it is within a hundredth of the best", () => {
    const answers = Array.from({ length: 3000 }, (_, index) => 50 + 200 * lot(index) ** 2);
    const constant = bestConstant(answers.map((value) => numberQuestion({ value })))();
    const best = Math.max(...Array.from({ length: 200 }, (_, index) => worth(50 + index, answers)));
    expect(worth(constant, answers) / best).toBeGreaterThan(0.99);
  });
});

describe("bestByName", () => {
  const training = [
    ...Array.from({ length: 20 }, () => size("bed", 200)),
    ...Array.from({ length: 20 }, () => size("lamp", 30)),
    size("clock", 30),
  ];

  test("a name's own best where there are many, what is best for all where there are few or none", () => {
    const guess = bestByName(training);
    expect(guess(size("bed", 0))).toBe(200);
    expect(guess(size("lamp", 0))).toBe(30);
    expect(guess(size("never", 0))).toBe(bestConstant(training)());
  });

  test("of two names either order is the same pair", () => {
    const apart = (a: string, b: string, value: number) => numberQuestion({ places: { a, b }, value });
    const guess = bestByName([
      ...Array.from({ length: 10 }, () => apart("bed", "lamp", 1)),
      ...Array.from({ length: 30 }, () => apart("bed", "tv", 4)),
      ...Array.from({ length: 30 }, () => apart("lamp", "tv", 4)),
    ]);
    expect(guess(apart("lamp", "bed", 0))).toBe(1);
    expect(guess(apart("bed", "lamp", 0))).toBe(1);
    expect(guess(apart("tv", "door", 0))).toBe(4);
  });
});
