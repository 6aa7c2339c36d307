import type { QuestionType } from "@vsi/dataset";
import type { QuestionType as ScoringType } from "@vsi/scoring";

/**
 * VSTI-Bench's tasks (VLM-3R, arXiv 2505.20279) by the VSI-Bench task that is answered in the same way: its two distances are in metres, and its
 * two choices name an option.
 */
const SCORED_LIKE: ReadonlyMap<QuestionType, ScoringType> = new Map([
  ["camera_displacement", "object_abs_distance"],
  ["camera_obj_abs_dist", "object_abs_distance"],
  ["camera_movement_direction", "object_rel_distance"],
  ["camera_obj_rel_dist", "object_rel_distance"],
]);

/** The VSI-Bench question type whose unit and metric a question type is scored by: itself, but for what a camera did and saw. */
export function scoringType(questionType: QuestionType): ScoringType {
  return SCORED_LIKE.get(questionType) ?? (questionType as ScoringType);
}
