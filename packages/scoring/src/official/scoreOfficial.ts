import { answerUnit } from "../questionType.ts";
import { ScoringError } from "../scoringError.ts";
import { meanRelativeAccuracy } from "./meanRelativeAccuracy.ts";
import { officialAnswer } from "./officialAnswer.ts";
import { pythonFloat } from "./pythonFloat.ts";

/** One prediction beside its question, in VSI-Bench's own names: `ground_truth` is the letter or the number. */
export interface OfficialQuestion {
  question_type: string;
  ground_truth: string;
  prediction: string;
}

/**
 * The score VSI-Bench's official code gives one prediction, bit for bit: 0 or 1 for a choice, Mean Relative Accuracy for a number, 0 for
 * one that float() does not read. JavaScript's toLowerCase and Python's lower() both follow Unicode's SpecialCasing, the final sigma
 * included. Throws a ScoringError for a truth of 0, where the official code divides by zero, and for an unknown question type;
 * a truth that is not a number scores 0 there and here.
 */
export function scoreOfficial(question: OfficialQuestion): number {
  const unit = answerUnit(question.question_type);
  const answer = officialAnswer(question.prediction);
  if (unit === null) return answer.toLowerCase() === question.ground_truth.toLowerCase() ? 1 : 0;
  const predicted = pythonFloat(answer);
  const truth = pythonFloat(question.ground_truth);
  if (predicted === null || truth === null) return 0;
  if (truth === 0) {
    throw new ScoringError("truth-zero", {
      place: "ground_truth",
      got: question.ground_truth,
      expected: "a number other than 0",
      advice: "Relative accuracy has no meaning there, and VSI-Bench's code raises: leave the question out.",
    });
  }
  return meanRelativeAccuracy(predicted, truth);
}
