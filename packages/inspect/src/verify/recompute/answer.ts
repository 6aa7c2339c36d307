import type { Question, QuestionType } from "@vsi/dataset";
import type { VerifySettings } from "../manifest.ts";
import type { VerifiedScene } from "../scene.ts";
import { recomputeAppearanceOrder } from "./appearance.ts";
import { recomputeCameraDisplacement, recomputeCameraDistance, recomputeCameraMovement } from "./camera.ts";
import { recomputeRelDirection } from "./directions.ts";
import { recomputeAbsDistance, recomputeCounting, recomputeRoomSize, recomputeSize } from "./measures.ts";
import { recomputeCameraRelDistance, recomputeRelDistance } from "./nearest.ts";
import type { Recomputed } from "./recomputed.ts";
import { recomputeRoute } from "./route.ts";

/**
 * A question's answer from the scene's facts and the objects and frames in its evidence, by the type's definition and
 * not by the generator's code.
 *
 * @throws EvidenceError when the evidence names what is not there, or what the question can't mean.
 */
export function recomputeAnswer(question: Question, scene: VerifiedScene, settings: VerifySettings): Recomputed {
  return RECOMPUTE[question.question_type](question, scene, settings);
}

type Recompute = (question: Question, scene: VerifiedScene, settings: VerifySettings) => Recomputed;

/**
 * How each question type is answered a second time, and where a new one goes. On purpose neither @vsi/questions' modules
 * nor the table of question types is used: a mistake there must not be repeated here.
 */
const RECOMPUTE: Readonly<Record<QuestionType, Recompute>> = {
  object_counting: recomputeCounting,
  object_size_estimation: recomputeSize,
  object_abs_distance: recomputeAbsDistance,
  object_rel_distance: recomputeRelDistance,
  object_rel_direction_easy: recomputeRelDirection("object_rel_direction_easy"),
  object_rel_direction_medium: recomputeRelDirection("object_rel_direction_medium"),
  object_rel_direction_hard: recomputeRelDirection("object_rel_direction_hard"),
  room_size_estimation: recomputeRoomSize,
  obj_appearance_order: recomputeAppearanceOrder,
  camera_displacement: recomputeCameraDisplacement,
  camera_movement_direction: recomputeCameraMovement,
  camera_obj_abs_dist: recomputeCameraDistance,
  camera_obj_rel_dist: recomputeCameraRelDistance,
  route_planning: recomputeRoute,
};
