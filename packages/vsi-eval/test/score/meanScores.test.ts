import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compareScores } from "../../src/score/compareScores.ts";
import { bootstrapIntervals } from "../../src/score/intervals.ts";
import { meanScores } from "../../src/score/meanScores.ts";
import { comparedReport, questionScore } from "../support/comparedReport.ts";

const FAST = { resamples: 200, seed: 1, level: 0.95 };

/** A run whose questions, two a scan and of two types, earned these scores. */
function report(scores: readonly number[], settings: Record<string, unknown> | null = null) {
  const questions = scores.map((score, id) =>
    questionScore(id, score, {
      scan: `scannet/${Math.floor(id / 2)}`,
      type: id % 2 === 0 ? "object_counting" : "route_planning",
    }),
  );
  return comparedReport(questions, { settings });
}

describe("meanScores", () => {
  test("a row is the mean of the runs' rows, and its interval that of the questions' means", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }), {
          minLength: 1,
          maxLength: 4,
        }),
        (runs) => {
          const mean = meanScores(
            runs.map((scores) => report(scores)),
            FAST,
          );
          const average = (scores: readonly number[]): number =>
            scores.reduce((sum, one) => sum + one, 0) / scores.length;
          const rowOf = (name: string) => mean.rows.find(({ row }) => row === name);
          expect(rowOf("object_counting")?.official).toBeCloseTo(
            average(runs.map((scores) => average(scores.filter((_, id) => id % 2 === 0)))),
            12,
          );
          expect(rowOf("overall")?.official).toBeCloseTo(average(runs.map(average)), 12);
          const values = Array.from({ length: 8 }, (_, id) => ({
            scan: `scannet/${Math.floor(id / 2)}`,
            type: id % 2 === 0 ? "object_counting" : "route_planning",
            value: runs.reduce((sum, scores) => sum + (scores[id] ?? 0), 0) / runs.length,
          }));
          expect(rowOf("overall")?.official_interval).toEqual(bootstrapIntervals(values, FAST).overall);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("compares as one run, with the settings that all have", () => {
    const mean = meanScores(
      [report([1, 0, 1, 1], { model: "a", mode: "think" }), report([0, 0, 1, 1], { model: "b", mode: "think" })],
      FAST,
    );
    expect(mean.settings).toEqual({ mode: "think" });
    expect(mean).toMatchObject({ schema: "vsi-score/1", questions_total: 4, scans_total: 2 });
    const { rows } = compareScores(mean, report([1, 1, 1, 1]), FAST);
    expect(rows[0]?.official).toMatchObject({ a: 0.625, b: 1, difference: 0.375 });
  });

  test("runs of other questions are refused, whichever has more", () => {
    expect(() => meanScores([report([1, 1]), report([1, 1, 1])], FAST)).toThrow(
      "got 3 questions, expected the 2 questions of",
    );
    expect(() => meanScores([report([1, 1, 1]), report([1, 1])], FAST)).toThrow("got 2 questions");
    const other = report([1, 1]);
    const moved = { ...other, questions: other.questions.map((question) => ({ ...question, scan: "scannet/9" })) };
    expect(() => meanScores([report([1, 1]), moved], FAST)).toThrow("got no question 0");
  });
});
