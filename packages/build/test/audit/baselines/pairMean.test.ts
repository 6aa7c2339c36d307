import { describe, expect, test } from "@jest/globals";
import { pairMean } from "../../../src/audit/baselines/pairMean.ts";
import { numberQuestion } from "../../support/auditQuestion.ts";

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
