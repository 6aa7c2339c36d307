import { describe, expect, test } from "@jest/globals";
import { PUBLISHED_RESULTS, PUBLISHED_SOURCE, publishedName } from "../../src/score/publishedResults.ts";
import { OFFICIAL_ROWS } from "../../src/score/tableRows.ts";

/** The paper prints 22.9 where its eight tasks have a mean of 20.7. */
const WRONG_IN_THE_PAPER = "Qwen2-VL-2B (think)";

describe("the published results", () => {
  test("are twelve with names of their own and nine scores each, from a named paper", () => {
    expect(new Set(PUBLISHED_RESULTS.map(publishedName)).size).toBe(12);
    for (const { scores } of PUBLISHED_RESULTS) expect(Object.keys(scores)).toEqual([...OFFICIAL_ROWS]);
    expect(PUBLISHED_SOURCE).toContain("2504.00883");
  });

  // Finds a score that was copied wrong: rounding moves a mean by at most 0.1.
  test.each(PUBLISHED_RESULTS.map((result) => ({ name: publishedName(result), scores: result.scores })))(
    "$name: the average is the mean of the eight tasks, but for one that the paper has wrong",
    ({ name, scores }) => {
      const { overall, ...tasks } = scores;
      const mean = Object.values(tasks).reduce((sum, score) => sum + score, 0) / 8;
      expect(Math.abs(mean - overall) <= 0.1).toBe(name !== WRONG_IN_THE_PAPER);
    },
  );
});
