import type { Question, QuestionType } from "@vsi/dataset";
import type { VerifiedScene } from "../verifiedScene.ts";
import type { VerifySettings } from "../verifySettings.ts";
import { recomputeAppearanceOrder } from "./recomputeAppearanceOrder.ts";
import { recomputeCameraDisplacement, recomputeCameraDistance, recomputeCameraMovement } from "./recomputeCamera.ts";
import { recomputeCounting } from "./recomputeCounting.ts";
import type { Recomputed } from "./recomputed.ts";
import { recomputeAbsDistance, recomputeRoomSize, recomputeSize } from "./recomputeMeasures.ts";
import { recomputeRelDirection } from "./recomputeRelDirection.ts";
import { recomputeCameraRelDistance, recomputeRelDistance } from "./recomputeRelDistance.ts";
import { recomputeRoute } from "./recomputeRoute.ts";

type Recompute = (question: Question, scene: VerifiedScene, settings: VerifySettings) => Recomputed;

const RECOMPUTE: Readonly<Record<QuestionType, Recompute>> = {
  object_counting: recomputeCounting,
  object_size_estimation: recomputeSize,
  object_abs_distance: recomputeAbsDistance,
  object_rel_distance: recomputeRelDistance,
  object_rel_direction_easy: recomputeRelDirection,
  object_rel_direction_medium: recomputeRelDirection,
  object_rel_direction_hard: recomputeRelDirection,
  room_size_estimation: recomputeRoomSize,
  obj_appearance_order: recomputeAppearanceOrder,
  camera_displacement: recomputeCameraDisplacement,
  camera_movement_direction: recomputeCameraMovement,
  camera_obj_abs_dist: recomputeCameraDistance,
  camera_obj_rel_dist: recomputeCameraRelDistance,
  route_planning: recomputeRoute,
};

/**
 * A question's answer from the scene's facts and the objects and frames in its evidence, by the type's definition and
 * not by the generator's code.
 *
 * @throws EvidenceError when the evidence names what is not there, or what the question can't mean.
 */
export function recomputeAnswer(question: Question, scene: VerifiedScene, settings: VerifySettings): Recomputed {
  return RECOMPUTE[question.question_type](question, scene, settings);
}
