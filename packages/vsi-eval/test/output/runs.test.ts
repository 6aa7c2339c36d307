import { expect, test } from "@jest/globals";
import { runsMarkdown, runsPage } from "../../src/output/runs.ts";
import { compareRuns } from "../../src/score/compareRuns.ts";
import { comparedReport, questionScore } from "../support/comparedReport.ts";
import { readPage } from "../support/readPage.ts";

const HOSTILE = "<script>alert(1)</script>|";
const comparison = compareRuns(
  [0.25, 0.5, 1].map((score, run) =>
    comparedReport(
      Array.from({ length: 6 }, (_, id) => questionScore(id, score)),
      { settings: { model: `${run}${HOSTILE}` } },
    ),
  ),
  { resamples: 50 },
);

test("a page shows every run beside the first, in a table and a plot; hostile names stay text", () => {
  const page = readPage(runsPage(comparison));
  expect(page.tags.filter((tag) => tag === "script")).toHaveLength(1);
  expect(page.figures).toHaveLength(1);
  expect(page.textsOf("th")).toEqual(expect.arrayContaining([`2${HOSTILE}`]));
  expect(page.textsOf("td")).toEqual(expect.arrayContaining(["25.0 (25.0 to 25.0)", "+75.0 (+75.0 to +75.0)"]));
  // Two of the three have all six right by half of the score or more.
  expect(page.textsOf("p").join()).toContain("6 questions flipped");
});

test("rows for a paper have a cell for each task that has questions, whatever the names", () => {
  const [head, rule, ...rows] = runsMarkdown(comparison).split("\n");
  expect(head).toBe("|  | Avg. | Obj. Count |");
  expect(rule).toBe("| --- | ---: | ---: |");
  expect(rows.slice(0, 3).map((row) => row.split(/(?<!\\)\|/).length)).toEqual([5, 5, 5]);
  expect(rows.slice(0, 3).map((row) => row.split(" | ").at(-1))).toEqual(["25.0 |", "50.0 |", "100.0 |"]);
});
