import type { ProtocolName, QuestionType } from "@vsi/dataset";
import { cameraDisplacement, cameraMovementDirection } from "./cameraMovement.ts";
import { cameraObjAbsDist, cameraObjRelDist } from "./cameraObjectDistance.ts";
import {
  type AbsDistanceQuery,
  objectAbsDistance,
  objectSizeEstimation,
  type RoomSizeQuery,
  roomSizeEstimation,
  type SizeQuery,
} from "./measures.ts";
import { type AppearanceOrderQuery, objAppearanceOrder } from "./objAppearanceOrder.ts";
import { type CountingQuery, objectCounting } from "./objectCounting.ts";
import { objectRelDirection, type RelDirectionQuery } from "./objectRelDirection.ts";
import { objectRelDistance, type RelDistanceQuery } from "./objectRelDistance.ts";
import type { QuestionTypeModule } from "./questionType.ts";
import { routePlanning } from "./routePlanning.ts";
import type { RouteQuery } from "./routeQuery.ts";

/** The module of every question type. */
export const QUESTION_TYPE_MODULES: Readonly<Record<QuestionType, QuestionTypeModule>> = {
  object_counting: objectCounting,
  object_size_estimation: objectSizeEstimation,
  object_abs_distance: objectAbsDistance,
  object_rel_distance: objectRelDistance,
  object_rel_direction_easy: objectRelDirection("object_rel_direction_easy"),
  object_rel_direction_medium: objectRelDirection("object_rel_direction_medium"),
  object_rel_direction_hard: objectRelDirection("object_rel_direction_hard"),
  room_size_estimation: roomSizeEstimation,
  obj_appearance_order: objAppearanceOrder,
  camera_displacement: cameraDisplacement,
  camera_movement_direction: cameraMovementDirection,
  camera_obj_abs_dist: cameraObjAbsDist,
  camera_obj_rel_dist: cameraObjRelDist,
  route_planning: routePlanning,
};

/** A question as data, whoever asked it. Categories are the names that the scene's objects go by. */
export type Query =
  | CountingQuery
  | SizeQuery
  | RoomSizeQuery
  | AbsDistanceQuery
  | RelDistanceQuery
  | RelDirectionQuery
  | AppearanceOrderQuery
  | RouteQuery;

/** A protocol's wording by question type. */
export function templatesOf(protocol: ProtocolName): Readonly<Partial<Record<QuestionType, string>>> {
  const templates = Object.values(QUESTION_TYPE_MODULES).flatMap(({ type, templates }) => {
    const template = templates[protocol];
    return template === undefined ? [] : [[type, template] as const];
  });
  return Object.fromEntries(templates);
}
