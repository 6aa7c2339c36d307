import type { Question } from "@vsi/dataset";
import { parseQuestion, QueryError } from "@vsi/questions";

/** The words a direction is answered with where no options are listed, as VSI-Bench's templates name them. */
const DIRECTIONS: Readonly<Record<string, readonly string[]>> = {
  object_rel_direction_easy: ["left", "right"],
  object_rel_direction_medium: ["left", "right", "back"],
  object_rel_direction_hard: ["front-left", "front-right", "back-left", "back-right"],
};

/**
 * The wrong answers that a question answered with words offers, in its own order: its other options, the other
 * directions, or the other objects it lists. Empty when it offers none.
 */
export function otherAnswers(
  question: Pick<Question, "question_type" | "question" | "ground_truth" | "options">,
): string[] {
  const offered =
    question.options?.map((option) => option.replace(/^[A-Z]\. /, "")) ??
    DIRECTIONS[question.question_type] ??
    listedObjects(question.question);
  return offered.filter((word) => word !== question.ground_truth);
}

function listedObjects(text: string): readonly string[] {
  try {
    const query = parseQuestion(text);
    return query.question_type === "object_rel_distance" ? query.choices : [];
  } catch (error) {
    if (error instanceof QueryError) return [];
    throw error;
  }
}
