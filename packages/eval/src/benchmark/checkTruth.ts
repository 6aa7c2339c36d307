import { answerAccuracy, answerUnit, pythonFloat, ScoringError } from "@vsi/scoring";
import { EvaluationError } from "../evaluationError.ts";
import { describeValue } from "../records/describeValue.ts";
import type { EvalQuestion } from "./evalQuestion.ts";
import { scoringType } from "./scoringType.ts";

/**
 * Refuses a question that no answer could be held against, so that it is found before anything is asked or scored.
 * @throws EvaluationError "question-truth" for a number that is not above 0, where relative accuracy has no meaning, and for options that
 * can't be told apart or do not hold the truth.
 */
export function checkTruth(question: EvalQuestion, where: { file: string; line: number }): void {
  const { options, mc_answer, ground_truth } = question;
  const question_type = scoringType(question.question_type);
  const fail = (field: string, got: string, expected: string): EvaluationError =>
    new EvaluationError("question-truth", {
      file: where.file,
      place: `line ${where.line}, ${field}`,
      got,
      expected,
      advice: "Leave the question out, or mend it.",
    });
  try {
    answerAccuracy(null, { question_type, ground_truth: mc_answer ?? ground_truth, options }, "mra");
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    throw fail(error.detail.place, error.detail.got, error.detail.expected);
  }
  if (answerUnit(question_type) !== null && !((pythonFloat(ground_truth) ?? 0) > 0)) {
    throw fail("ground_truth", describeValue(ground_truth), "a number above 0");
  }
}
