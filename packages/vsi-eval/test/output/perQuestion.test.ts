import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { perQuestionLines, shortLine } from "../../src/output/perQuestion.ts";
import { scoreQuestion } from "../../src/score/scorePredictions.ts";
import { choiceQuestion, evalQuestion } from "../support/evalQuestions.ts";

test("each answer is a line that says what was read and why, also when it was refused or not there", () => {
  const size = evalQuestion("1", { question_type: "object_size_estimation", ground_truth: "250" });
  const text = perQuestionLines([
    scoreQuestion(size, "2.5 m\n"),
    scoreQuestion(choiceQuestion("2", "route_planning"), "A or B\u2028"),
    scoreQuestion(evalQuestion("3"), null),
  ]);
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({ id: "1", prediction: "2.5 m\n", official: 0, robust: 1, read: 250, unit: "m" });
  expect(lines[1]).toMatchObject({
    id: "2",
    read: null,
    why: "several-candidates",
    candidates: ["A", "B"],
    mc_answer: "B",
  });
  expect(lines[2]).toMatchObject({ id: "3", prediction: null, read: null, why: "unanswered", robust: 0 });
  expect(new Set(lines.map((line) => Object.keys(line).join())).size).toBe(1);
});

test("a model's text can neither break the line nor reach the terminal's controls", () => {
  expect(shortLine("a\nb\u001b[31m\u009b2J\u202e")).toBe('"a\\nb\\u001b[31m\\u{9b}2J\\u{202e}"');
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(shortLine(text)).toMatch(/^"[^\p{Cc}\p{Cf}\p{Cs}]*"$/u);
    }),
  );
});

test("a long text is cut, a short one is whole", () => {
  expect(shortLine("x".repeat(5000))).toBe(`"${"x".repeat(100)}…"`);
  expect(shortLine("2.5 m")).toBe('"2.5 m"');
});
