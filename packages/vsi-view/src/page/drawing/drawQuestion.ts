import type { Question, QuestionType, Reject } from "@vsi/dataset";
import type { ShownRoom } from "@vsi/questions/internal";
import { drawCameraDistance, drawCameraDistances, drawMovement, drawMovementDirection } from "./cameraDrawings.ts";
import { drawDirection, drawRoute } from "./directionDrawings.ts";
import { type DrawInput, type Drawing, drawingOf } from "./drawing.ts";
import {
  drawCounted,
  drawDistance,
  drawDistances,
  drawLongestSide,
  drawOrder,
  drawRoomSize,
} from "./objectDrawings.ts";

const DRAW: Readonly<Record<QuestionType, (input: DrawInput) => Drawing>> = {
  object_counting: drawCounted,
  object_size_estimation: drawLongestSide,
  room_size_estimation: drawRoomSize,
  object_abs_distance: drawDistance,
  object_rel_distance: drawDistances,
  object_rel_direction_easy: drawDirection,
  object_rel_direction_medium: drawDirection,
  object_rel_direction_hard: drawDirection,
  obj_appearance_order: drawOrder,
  camera_obj_abs_dist: drawCameraDistance,
  camera_obj_rel_dist: drawCameraDistances,
  camera_displacement: drawMovement,
  camera_movement_direction: drawMovementDirection,
  route_planning: drawRoute,
};

/**
 * What a question measures, drawn into its room. Of objects and frames that the scene does not have nothing is drawn: a
 * dataset that is shown may be damaged.
 */
export function drawQuestion(
  question: Question,
  room: ShownRoom,
  closestVertex: DrawInput["closestVertex"] = () => null,
): Drawing {
  const asked = question.evidence.object_ids.flatMap((id) => room.objects.get(id) ?? []);
  return DRAW[question.question_type]({ question, room, asked, closestVertex });
}

/** The objects of a refused candidate. */
export function drawReject({ object_ids }: Reject, room: ShownRoom): Drawing {
  const objects = [...new Set(object_ids)].flatMap((id) => room.facts.objects.find((object) => object.id === id) ?? []);
  return drawingOf({
    objects: objects.map((object) => ({ id: object.id, emphasis: "asked", label: room.nameOf(object) })),
  });
}
