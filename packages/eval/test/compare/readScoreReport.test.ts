import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readScoreReport } from "../../src/compare/readScoreReport.ts";
import { SCORE_SCHEMA } from "../../src/score/scoreReport.ts";
import { comparedReport, questionScore } from "../support/comparedReport.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folder = temporaryFolder();
const good = { schema: SCORE_SCHEMA, ...comparedReport([questionScore(1, 0.5), questionScore(2, 1)]) };

async function read(text: string) {
  const path = join(folder(), "report.json");
  await writeFile(path, text);
  return readScoreReport(path);
}

describe("readScoreReport", () => {
  test("gives back what was written", async () => {
    expect(await read(JSON.stringify(good))).toEqual(good);
  });

  test.each([
    ["text", "score: 3", "text that is not JSON"],
    ["nothing", "", "text that is not JSON"],
    ["a list", "[]", "got []"],
    ["another version", JSON.stringify({ ...good, schema: "vsi-score/2" }), "schema: got"],
    ["no data", JSON.stringify({ ...good, data: undefined }), "data: got nothing"],
    ["settings of another kind", JSON.stringify({ ...good, settings: [] }), "settings: got []"],
    ["no questions", JSON.stringify({ ...good, questions: {} }), "questions: got {}"],
    ["a score out of range", JSON.stringify({ ...good, questions: [questionScore(1, 1.5)] }), "questions[0]: got"],
    ["a score of null", JSON.stringify({ ...good, questions: [questionScore(1, Number.NaN)] }), "questions[0]: got"],
    [
      "a type nobody has",
      JSON.stringify({ ...good, questions: [{ ...questionScore(1, 1), type: "x" }] }),
      "questions[0]",
    ],
    [
      "an id twice",
      JSON.stringify({ ...good, questions: [questionScore(1, 1), questionScore(1, 0)] }),
      "questions[1]: got the id 1",
    ],
  ])("refuses %s", async (_, text, part) => {
    await expect(read(text)).rejects.toMatchObject({
      code: "score-report-shape",
      message: expect.stringContaining(part),
    });
  });

  test("a file that is not there is named", async () => {
    await expect(readScoreReport(join(folder(), "none.json"))).rejects.toMatchObject({
      name: "EvaluationError",
      code: "file-missing",
    });
  });
});
