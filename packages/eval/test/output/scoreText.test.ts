import { describe, expect, test } from "@jest/globals";
import { scoreText } from "../../src/output/scoreText.ts";
import { evalQuestion } from "../support/evalQuestions.ts";
import { everyQuestion, scoreReport } from "../support/scoreReport.ts";

const cellsOf = (text: string, first: string) =>
  text
    .split("\n")
    .find((line) => line.startsWith(`│ ${first}`))
    ?.split("│")
    .slice(1, -1)
    .map((cell) => cell.trim());

describe("scoreText", () => {
  test("prints the paper's nine columns, official above robust", () => {
    const questions = everyQuestion(2);
    // All right but for the counts, which the official metric can't read.
    const predictions = new Map(
      questions.map(({ id, mc_answer, question_type }) => [
        id,
        mc_answer ?? (question_type === "object_counting" ? "about 4" : "4"),
      ]),
    );
    const text = scoreText(scoreReport(questions, predictions).report);
    expect(cellsOf(text, "official")).toEqual(["official", "87.5", "0.0", ...Array(7).fill("100.0")]);
    expect(cellsOf(text, "robust")).toEqual(["robust", ...Array(9).fill("100.0")]);
    expect(cellsOf(text, "questions")).toEqual(["questions", "20", "2", "2", "2", "2", "2", "6", "2", "2"]);
    expect(cellsOf(text, "95 %")![1]).toBe("87.5–87.5");
    expect(text).toContain("20 questions about 2 scans");
    expect(text).not.toContain("could not be read");
  });

  test("says what was not answered, what was not read, and why direction has no value", () => {
    const questions = everyQuestion(1).filter(({ question_type }) => question_type !== "object_rel_direction_hard");
    const predictions = new Map([[questions[0]!.id, "2 or 3 \u001b[2J"]]);
    const text = scoreText(scoreReport(questions, predictions).report);
    expect(text).toContain("8 questions without a prediction: each counts as 0.");
    expect(text).toContain("1 answer could not be read, worth 0 in robust: 1 several-candidates.");
    expect(text).toContain("Rel. Dir. has no value");
    expect(text).not.toContain("\u001b");
  });

  test("other tasks have a table of their own, and a benchmark of nothing else no average", () => {
    const camera = evalQuestion("1", { question_type: "camera_obj_abs_dist" });
    const text = scoreText(scoreReport([camera], new Map([["1", "4"]])).report);
    expect(cellsOf(text, "Camera Abs. Dist.")).toEqual(["Camera Abs. Dist.", "1", "0", "100.0", "–", "100.0", "–"]);
    expect(cellsOf(text, "official")![1]).toBe("–");
  });

  test("a run whose images were dropped is said to be blind", () => {
    const { report } = scoreReport([evalQuestion("1")], new Map(), { settings: { images: "dropped" } });
    expect(scoreText(report)).toContain("The server dropped the images");
  });
});
