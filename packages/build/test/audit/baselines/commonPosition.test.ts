import { describe, expect, test } from "@jest/globals";
import { commonPosition } from "../../../src/audit/baselines/commonPosition.ts";
import { choiceQuestion } from "../../support/auditQuestion.ts";

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
