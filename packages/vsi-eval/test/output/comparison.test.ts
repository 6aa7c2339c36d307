import { describe, expect, test } from "@jest/globals";
import { comparisonPage, comparisonText } from "../../src/output/comparison.ts";
import { compareScores } from "../../src/score/compareScores.ts";
import { comparedReport, questionScore } from "../support/comparedReport.ts";
import { readPage } from "../support/readPage.ts";

const scores = (official: number) => Array.from({ length: 10 }, (_, id) => questionScore(id, official));
const a = comparedReport(scores(0.25), { settings: { frames: 16, model: "m" }, predictions: { file: "a.jsonl" } });
const b = comparedReport(scores(0.5), { settings: { frames: 32, model: "m" }, predictions: { file: "b.jsonl" } });

describe("comparisonText", () => {
  test("settings that differ come first, then the difference with its sign", () => {
    const lines = comparisonText(compareScores(a, b), []).split("\n");
    expect(lines.slice(0, 3)).toEqual(["a: a.jsonl", "b: b.jsonl", "  frames 16 / 32"]);
    const row = lines.find((line) => line.startsWith("│ Obj. Count"))!;
    expect(
      row
        .split("│")
        .slice(2, -1)
        .map((cell) => cell.trim()),
    ).toEqual(["10", "25.0", "50.0", "+25.0", "+25.0 to +25.0"]);
    expect(lines.join()).not.toContain("model");
  });

  test("says what is not known, what was left out, and that the data differs", () => {
    const other = comparedReport(scores(0.5).slice(1), { settings: null, data: { file: "c.jsonl", sha256: "1" } });
    const text = comparisonText(compareScores(a, other), []);
    expect(text).toContain("How b was asked is unknown");
    expect(text).toContain("Left out: 1 question only in a, 0 questions only in b.");
    expect(text).toContain("scored on different files");
  });
});

describe("comparisonPage", () => {
  test("shows both, their differences and what else differs; hostile settings stay text", async () => {
    const hostile = "<script>alert(1)</script>";
    const other = { ...b, settings: { frames: hostile, [hostile]: 1 }, predictions: { file: hostile } };
    const page = readPage(comparisonPage(compareScores(a, other), []));
    expect(page.tags.filter((tag) => tag === "script")).toHaveLength(1);
    expect(page.textsOf("td")).toEqual(expect.arrayContaining([hostile, "16", "+25.0 to +25.0"]));
    expect(page.figures).toHaveLength(1);
    expect(page.textsOf("p")[0]).toContain("+25.0 percentage points");
  });
});
