import { type AnswerUnit, isQuestionType, QUESTION_TYPES, type QuestionType, questionTypeRow } from "@vsi/dataset";
import { shownJson } from "@vsi/dataset/internal";
import { ScoringError } from "./errors.ts";

/**
 * A question type from outside. All rows of @vsi/dataset's table are scored and rewarded, by what the row says: an
 * answer with a unit by relative accuracy, any other as right or wrong.
 *
 * @throws ScoringError "question-type-unknown" for one that the table does not have.
 */
export function knownQuestionType(questionType: string): QuestionType {
  if (isQuestionType(questionType)) return questionType;
  throw unknownTypeError(questionType, QUESTION_TYPES);
}

/** The error for a type that is none of those that fit. */
export function unknownTypeError(questionType: string, fitting: readonly QuestionType[]): ScoringError {
  return new ScoringError("question-type-unknown", {
    place: "question_type",
    got: shownJson(questionType),
    expected: `one of ${fitting.join(", ")}`,
    advice: "Use the names of VSI-Bench and VSTI-Bench.",
  });
}

/**
 * The unit a question's number is asked in; null for a question answered with words.
 *
 * @throws ScoringError "question-type-unknown" for a type that the table does not have.
 */
export function answerUnit(questionType: string): AnswerUnit | null {
  return questionTypeRow(knownQuestionType(questionType)).unit;
}

/** Whether a type's answer is a list: of objects or of turns. */
export function isListQuestion(questionType: QuestionType): boolean {
  const { answer } = questionTypeRow(questionType);
  return answer === "order" || answer === "turns";
}

/**
 * The words that a type's answers are made of where all questions of its kind share them ("front-left" is one):
 * directions of an object and movements of a camera. Null elsewhere.
 */
export function sharedWords(questionType: QuestionType): readonly string[] | null {
  const { answer, words } = questionTypeRow(questionType);
  return answer === "direction" || answer === "movement" ? words : null;
}
