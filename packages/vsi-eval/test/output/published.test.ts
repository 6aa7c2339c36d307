import { expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { publishedTable } from "../../src/output/published.ts";
import { PUBLISHED_RESULTS } from "../../src/score/publishedResults.ts";
import { everyQuestion, scoreReport } from "../support/scoreReport.ts";

test("has every published result and these answers last, each score under its own task", () => {
  const questions = everyQuestion(1);
  const counts = questions.filter(({ question_type }) => question_type === "object_counting");
  const { report } = scoreReport(questions, new Map(counts.map(({ id }) => [id, "4"])));
  const { columns, rows, totalsFrom } = publishedTable(report.rows);
  expect(columns.map(({ head }) => head)).toEqual(
    "model,mode,Avg.,Obj. Count,Abs. Dist.,Obj. Size,Room Size,Rel. Dist.,Rel. Dir.,Route Plan,Appr. Order".split(","),
  );
  expect(rows).toHaveLength(PUBLISHED_RESULTS.length + 1);
  // A row of the paper's table, as it prints it.
  const printed = "40.7 59.9 29.6 50.8 48.3 35.4 35.6 34.0 31.5".split(" ");
  expect(at(rows, totalsFrom! - 1).slice(1)).toEqual(["vanilla", ...printed]);
  expect(rows.at(-1)).toEqual(["these\u00a0answers", null, "12.5", "100.0", ...Array(7).fill("0.0")]);
});
