import { type AnswerUnit, questionTypeRow, VSI_BENCH_TYPES, type VsiBenchType } from "@vsi/dataset";
import { shownJson } from "@vsi/dataset/internal";
import { ScoringError } from "./errors.ts";

const BY_NAME: ReadonlyMap<string, VsiBenchType> = new Map(VSI_BENCH_TYPES.map((type) => [type, type]));

/**
 * A question type from outside; those that are scored are VSI-Bench's ten (Yang et al., arXiv 2412.14171).
 *
 * @throws ScoringError "question-type-unknown" for one that VSI-Bench does not have.
 */
export function knownQuestionType(questionType: string): VsiBenchType {
  const known = BY_NAME.get(questionType);
  if (known === undefined) {
    throw new ScoringError("question-type-unknown", {
      place: "question_type",
      got: shownJson(questionType),
      expected: `one of ${VSI_BENCH_TYPES.join(", ")}`,
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
export function isDirectionQuestion(questionType: VsiBenchType): boolean {
  return questionTypeRow(questionType).answer === "direction";
}

/** Whether a type's answer is a list: of objects or of turns. */
export function isListQuestion(questionType: VsiBenchType): boolean {
  const { answer } = questionTypeRow(questionType);
  return answer === "order" || answer === "turns";
}

/**
 * The directions that questions ask for, each as its words; and "front", which is never the answer, but who says it has
 * not said "left".
 */
export const DIRECTION_WORDS: readonly (readonly string[])[] = [
  ...new Set([
    ...VSI_BENCH_TYPES.filter(isDirectionQuestion).flatMap((type) => questionTypeRow(type).words ?? []),
    "front",
  ]),
].map((direction) => direction.split("-"));
