import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  categoryMean,
  commonPosition,
  logMean,
  majorityAnswer,
  medianAnswer,
  pairMean,
} from "../../src/audit/baselines.ts";
import { choiceQuestion, numberQuestion } from "../support/auditQuestion.ts";

const size = (category: string, value: number) => numberQuestion({ places: { category }, value });

describe("categoryMean", () => {
  const guess = categoryMean([size("sofa", 100), size("sofa", 400), size("lamp", 20), size("constructor", 5)]);

  test("is the geometric mean of the named category's answers alone", () => {
    expect(guess(size("sofa", 0))).toBeCloseTo(200, 9);
    expect(guess(size("lamp", 0))).toBeCloseTo(20, 9);
    expect(guess(size("constructor", 0))).toBeCloseTo(5, 9);
  });

  test("is the mean of all for a category never seen", () => {
    expect(guess(size("bath", 0))).toBeCloseTo((100 * 400 * 20 * 5) ** (1 / 4), 9);
  });
});

describe("commonPosition", () => {
  const training = ["b", "b", "c"].map((truth) => choiceQuestion({ candidates: ["a", "b", "c"], truth }));

  test("takes the place that was right most often, whatever stands there", () => {
    expect(commonPosition(training)(choiceQuestion({ candidates: ["x", "y", "z"], truth: "x" }))).toBe("y");
  });

  test("takes the last of a shorter list, and the first when nothing was ever right", () => {
    expect(commonPosition(training)(choiceQuestion({ candidates: ["x"], truth: "x" }))).toBe("x");
    const never = [choiceQuestion({ candidates: ["a", "b"], truth: "elsewhere" })];
    expect(commonPosition(never)(choiceQuestion({ candidates: ["x", "y"], truth: "y" }))).toBe("x");
  });
});

describe("logMean", () => {
  test("is the n-th root of the product of the positive answers", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2, max: 30 }), { maxLength: 10 }), (answers) => {
        const positive = answers.filter((value) => value > 0);
        const product = positive.reduce((all, value) => all * value, 1);
        const mean = logMean(answers.map((value) => numberQuestion({ value })))();
        expect(mean).toBeCloseTo(positive.length === 0 ? 0 : product ** (1 / positive.length), 8);
      }),
    );
  });
});

describe("majorityAnswer", () => {
  test("of the candidates, none was right more often than the one it takes", () => {
    const words = fc.constantFrom("bed", "chair", "desk", "lamp");
    const asked = fc.uniqueArray(words, { minLength: 1 });
    fc.assert(
      fc.property(fc.array(words), asked, (truths, candidates) => {
        const training = truths.map((truth) => choiceQuestion({ candidates: ["bed", "chair", "desk", "lamp"], truth }));
        const answer = majorityAnswer(training)(choiceQuestion({ candidates, truth: "" }));
        const times = (word: string) => truths.filter((truth) => truth === word).length;
        expect(candidates).toContain(answer);
        for (const other of candidates) expect(times(other)).toBeLessThanOrEqual(times(answer as string));
      }),
    );
  });
});

describe("medianAnswer", () => {
  test("no other number is nearer to all answers together", () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.integer({ min: -60, max: 60 }), (answers, other) => {
        const median = medianAnswer(answers.map((value) => numberQuestion({ value })))();
        const off = (guess: number) => answers.reduce((sum, answer) => sum + Math.abs(answer - guess), 0);
        expect(off(median)).toBeLessThanOrEqual(off(other) + 1e-9);
      }),
    );
  });
});

const distance = (a: string, b: string, value = 0) => numberQuestion({ places: { a, b }, value });

describe("pairMean", () => {
  const guess = pairMean([distance("desk", "chair", 1), distance("chair", "desk", 4), distance("desk", "door", 8)]);

  test("is the pair's mean in either order", () => {
    expect(guess(distance("desk", "chair"))).toBeCloseTo(2, 9);
    expect(guess(distance("chair", "desk"))).toBeCloseTo(2, 9);
    expect(guess(distance("door", "desk"))).toBeCloseTo(8, 9);
  });

  test("backs off to what each label alone tells, then to all", () => {
    // Chair: 1 and 4; door: 8. The lamp was never seen.
    expect(guess(distance("chair", "door"))).toBeCloseTo(Math.sqrt(2 * 8), 9);
    expect(guess(distance("lamp", "chair"))).toBeCloseTo(2, 9);
    expect(guess(distance("lamp", "bath"))).toBeCloseTo((1 * 4 * 8) ** (1 / 3), 9);
  });
});
