import { type AnswerUnit, questionTypeRow, shownJson, VSI_BENCH_TYPES, type VsiBenchType } from "@vsi/dataset";
import { ScoringError } from "./errors.ts";

/**
 * The question types that are scored: VSI-Bench's ten (Yang et al., arXiv 2412.14171), in the order of its paper's
 * table.
 */
export const QUESTION_TYPES: readonly QuestionType[] = VSI_BENCH_TYPES;

/** One of QUESTION_TYPES. */
export type QuestionType = VsiBenchType;

const BY_NAME: ReadonlyMap<string, QuestionType> = new Map(QUESTION_TYPES.map((type) => [type, type]));

/**
 * A question type from outside.
 *
 * @throws ScoringError "question-type-unknown" for one that VSI-Bench does not have.
 */
export function knownQuestionType(questionType: string): QuestionType {
  const known = BY_NAME.get(questionType);
  if (known === undefined) {
    throw new ScoringError("question-type-unknown", {
      place: "question_type",
      got: shownJson(questionType),
      expected: `one of ${QUESTION_TYPES.join(", ")}`,
      advice: "Use VSI-Bench's names.",
    });
  }
  return known;
}

/**
 * The unit a question's number is asked in; null for a question answered with words.
 *
 * @throws ScoringError "question-type-unknown" for a type that VSI-Bench does not have.
 */
export function answerUnit(questionType: string): AnswerUnit | null {
  return questionTypeRow(knownQuestionType(questionType)).unit;
}

/** Whether a type asks for a direction, at any of the three difficulties. */
export function isDirectionQuestion(questionType: QuestionType): boolean {
  return questionTypeRow(questionType).answer === "direction";
}

/** Whether a type's answer is a list: of objects or of turns. */
export function isListQuestion(questionType: QuestionType): boolean {
  const { answer } = questionTypeRow(questionType);
  return answer === "order" || answer === "turns";
}

/**
 * The directions that questions ask for, each as its words; and "front", which is never the answer, but who says it has
 * not said "left".
 */
export const DIRECTION_WORDS: readonly (readonly string[])[] = [
  ...new Set([
    ...QUESTION_TYPES.filter(isDirectionQuestion).flatMap((type) => questionTypeRow(type).words ?? []),
    "front",
  ]),
].map((direction) => direction.split("-"));
