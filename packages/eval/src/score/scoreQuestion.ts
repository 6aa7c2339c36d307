import { answerAccuracy, type ReadAnswer, readAnswer, scoreOfficial } from "@vsi/scoring";
import type { EvalQuestion } from "../benchmark/evalQuestion.ts";
import { scoringType } from "../benchmark/scoringType.ts";

/** What one question's answer is worth. */
export interface ScoredAnswer {
  question: EvalQuestion;
  /** The model's text; null when there was none. */
  prediction: string | null;
  /** By VSI-Bench's own code, in 0 to 1. */
  official: number;
  /** Of what the forgiving reader read, in 0 to 1: Mean Relative Accuracy, or 1 for the right option or word. */
  robust: number;
  /** What the forgiving reader read and why; null when there was no text. */
  read: ReadAnswer | null;
}

/**
 * Scores one answer by both metrics. Without an answer both are 0. Never fails for any text of a model; throws a ScoringError for a question that readBenchmark
 * would have refused.
 */
export function scoreQuestion(question: EvalQuestion, prediction: string | null): ScoredAnswer {
  if (prediction === null) return { question, prediction, official: 0, robust: 0, read: null };
  const question_type = scoringType(question.question_type);
  const { options } = question;
  // VSI-Bench's own file has the letter as its truth, and its code compares with that.
  const truth = { question_type, ground_truth: question.mc_answer ?? question.ground_truth };
  const read = readAnswer(prediction, { questionType: question_type, options });
  return {
    question,
    prediction,
    official: scoreOfficial({ ...truth, prediction }),
    robust: answerAccuracy(read.value, { ...truth, options }, "mra"),
    read,
  };
}
