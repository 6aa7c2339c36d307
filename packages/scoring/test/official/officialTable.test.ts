import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { OFFICIAL_TASKS, officialTable } from "../../src/official/officialTable.ts";
import { QUESTION_TYPES } from "../../src/questionType.ts";

describe("officialTable", () => {
  test("averages direction over its difficulties, not its questions, and overall over the tasks", () => {
    const table = officialTable([
      { question_type: "object_rel_direction_easy", score: 1 },
      { question_type: "object_rel_direction_easy", score: 1 },
      { question_type: "object_rel_direction_easy", score: 1 },
      { question_type: "object_rel_direction_medium", score: 0 },
      { question_type: "object_rel_direction_hard", score: 0.5 },
      { question_type: "object_counting", score: 0.1 },
      { question_type: "object_counting", score: 0.3 },
    ]);
    expect(table.tasks.object_rel_direction).toBeCloseTo(0.5, 12);
    expect(table.tasks.object_counting).toBeCloseTo(0.2, 12);
    expect(table.overall).toBeCloseTo(0.35, 12);
    expect(table.tasks.route_planning).toBeNull();
    expect(table.questions).toEqual({
      object_counting: 2,
      object_rel_direction_easy: 3,
      object_rel_direction_medium: 1,
      object_rel_direction_hard: 1,
    });
  });

  test("leaves direction out when a difficulty is missing, and has no overall without questions", () => {
    const table = officialTable([{ question_type: "object_rel_direction_easy", score: 1 }]);
    expect([table.tasks.object_rel_direction, table.overall]).toEqual([null, null]);
    expect(officialTable([]).overall).toBeNull();
  });

  test("refuses an unknown type", () => {
    expect(() => officialTable([{ question_type: "colour", score: 1 }])).toThrow(
      expect.objectContaining({ code: "question-type-unknown" }),
    );
  });

  test("does not depend on the order, and stays between the smallest and the largest score", () => {
    const scored = fc.array(
      fc.record({
        question_type: fc.constantFrom(...QUESTION_TYPES),
        score: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(scored, (questions) => {
        const table = officialTable(questions);
        const reversed = officialTable([...questions].reverse());
        for (const task of OFFICIAL_TASKS) {
          const value = table.tasks[task];
          expect(value === null).toBe(reversed.tasks[task] === null);
          if (value !== null) expect(Math.abs(value - reversed.tasks[task]!)).toBeLessThan(1e-12);
          if (value !== null) expect(value >= 0 && value <= 1 + 1e-12).toBe(true);
        }
      }),
    );
  });
});
