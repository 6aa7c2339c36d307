import { expect, test } from "@jest/globals";
import { perQuestionLines } from "../../src/output/perQuestionLines.ts";
import { scoreQuestion } from "../../src/score/scoreQuestion.ts";
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
