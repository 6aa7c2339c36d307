import { expect, test } from "@jest/globals";
import { scoreCsv } from "../../src/output/scoreCsv.ts";
import { everyQuestion, scoreReport } from "../support/scoreReport.ts";

test("every row is a line whose numbers are the report's, to the last digit, and no value is an empty field", async () => {
  const questions = everyQuestion(3).filter(({ question_type }) => question_type !== "route_planning");
  const predictions = new Map(questions.map(({ id, mc_answer }, index) => [id, mc_answer ?? `${3 + (index % 3)}`]));
  const { report } = scoreReport(questions, predictions);
  const [head, ...lines] = (await scoreCsv(report)).trimEnd().split("\r\n");
  const names = head!.split(",");
  const read = lines.map((line) => Object.fromEntries(line.split(",").map((value, index) => [names[index], value])));
  expect(read.map(({ row }) => row)).toEqual(report.rows.map(({ row }) => row));
  for (const [index, row] of report.rows.entries()) {
    const numberOf = (name: string) => (read[index]![name] === "" ? null : Number(read[index]![name]));
    expect(numberOf("official")).toBe(row.official);
    expect(numberOf("robust")).toBe(row.robust);
    expect(numberOf("official_low")).toBe(row.official_interval?.[0] ?? null);
    expect(numberOf("official_high")).toBe(row.official_interval?.[1] ?? null);
    expect(numberOf("robust_low")).toBe(row.robust_interval?.[0] ?? null);
    expect(numberOf("robust_high")).toBe(row.robust_interval?.[1] ?? null);
    expect([numberOf("questions"), numberOf("unread")]).toEqual([row.questions, row.unread]);
  }
  expect(read.find(({ row }) => row === "route_planning")).toMatchObject({ questions: "0", official: "", robust: "" });
});
