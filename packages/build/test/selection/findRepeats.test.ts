import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { findRepeats } from "../../src/selection/findRepeats.ts";

describe("findRepeats", () => {
  test("the second of two equal questions goes, the first stays", () => {
    const questions = ["a", "b", "a", "a"].map((id) => ({ id, ground_truth: "1" }));
    expect([...findRepeats(questions)]).toEqual([
      [2, { code: "duplicate-question", other: 0 }],
      [3, { code: "duplicate-question", other: 0 }],
    ]);
  });

  test("questions that contradict each other all go, each naming one that differs", () => {
    const questions = [
      { id: "a", ground_truth: "1" },
      { id: "a", ground_truth: "1" },
      { id: "a", ground_truth: "2" },
    ];
    expect(Object.fromEntries(findRepeats(questions))).toEqual({
      0: { code: "contradiction", other: 2 },
      1: { code: "contradiction", other: 0 },
      2: { code: "contradiction", other: 0 },
    });
  });

  test("what is left has every id once, and every id that never contradicted itself", () => {
    const question = fc.record({ id: fc.constantFrom("a", "b", "c", "d"), ground_truth: fc.constantFrom("1", "2") });
    fc.assert(
      fc.property(fc.array(question), (questions) => {
        const repeats = findRepeats(questions);
        const left = questions.filter((_, place) => !repeats.has(place)).map(({ id }) => id);
        const answers = new Map<string, Set<string>>();
        for (const { id, ground_truth } of questions)
          answers.set(id, new Set([...(answers.get(id) ?? []), ground_truth]));
        const consistent = [...answers].filter(([, truths]) => truths.size === 1).map(([id]) => id);
        expect(left.toSorted()).toEqual(consistent.toSorted());
      }),
    );
  });
});
