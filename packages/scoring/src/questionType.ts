import { ScoringError } from "./errors.ts";

/** VSI-Bench's ten question types (Yang et al., arXiv 2412.14171), in the order of its paper's table. */
export const QUESTION_TYPES = [
  "object_counting",
  "object_abs_distance",
  "object_size_estimation",
  "room_size_estimation",
  "object_rel_distance",
  "object_rel_direction_easy",
  "object_rel_direction_medium",
  "object_rel_direction_hard",
  "route_planning",
  "obj_appearance_order",
] as const;

/** One of QUESTION_TYPES. */
export type QuestionType = (typeof QUESTION_TYPES)[number];

/** What a number answer counts in: objects, metres, centimetres or square metres. */
export type AnswerUnit = "count" | "m" | "cm" | "m2";

/** The unit that VSI-Bench's templates ask for; the question types left out are answered with words. */
const ANSWER_UNITS: ReadonlyMap<string, AnswerUnit> = new Map([
  ["object_counting", "count"],
  ["object_abs_distance", "m"],
  ["object_size_estimation", "cm"],
  ["room_size_estimation", "m2"],
]);

const KNOWN: ReadonlySet<string> = new Set(QUESTION_TYPES);

/**
 * The unit a question's number is asked in, or null for a question answered with words.
 * Throws a ScoringError for a type that VSI-Bench does not have.
 */
export function answerUnit(questionType: string): AnswerUnit | null {
  if (!KNOWN.has(questionType)) {
    throw new ScoringError("question-type-unknown", {
      place: "question_type",
      got: JSON.stringify(questionType) ?? "nothing",
      expected: `one of ${QUESTION_TYPES.join(", ")}`,
      advice: "Use VSI-Bench's names.",
    });
  }
  return ANSWER_UNITS.get(questionType) ?? null;
}
