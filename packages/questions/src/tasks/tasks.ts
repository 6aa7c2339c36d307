import type { QuestionType } from "@vsi/dataset";
import { cameraDisplacement } from "./cameraDisplacement.ts";
import { cameraMovementDirection } from "./cameraMovementDirection.ts";
import { cameraObjectAbsDistance } from "./cameraObjectAbsDistance.ts";
import { cameraObjectRelDistance } from "./cameraObjectRelDistance.ts";
import { objectAbsDistance } from "./objectAbsDistance.ts";
import { objectAppearanceOrder } from "./objectAppearanceOrder.ts";
import { objectCounting } from "./objectCounting.ts";
import { objectRelDirection } from "./objectRelDirection.ts";
import { objectRelDistance } from "./objectRelDistance.ts";
import { objectSizeEstimation } from "./objectSizeEstimation.ts";
import { roomSizeEstimation } from "./roomSizeEstimation.ts";
import { routePlanning } from "./routePlanning.ts";
import type { Task } from "./task.ts";

/** The task of every question type. */
export const TASKS: Readonly<Record<QuestionType, Task>> = {
  object_counting: objectCounting,
  object_size_estimation: objectSizeEstimation,
  object_abs_distance: objectAbsDistance,
  object_rel_distance: objectRelDistance,
  object_rel_direction_easy: objectRelDirection("object_rel_direction_easy"),
  object_rel_direction_medium: objectRelDirection("object_rel_direction_medium"),
  object_rel_direction_hard: objectRelDirection("object_rel_direction_hard"),
  room_size_estimation: roomSizeEstimation,
  obj_appearance_order: objectAppearanceOrder,
  camera_displacement: cameraDisplacement,
  camera_movement_direction: cameraMovementDirection,
  camera_obj_abs_dist: cameraObjectAbsDistance,
  camera_obj_rel_dist: cameraObjectRelDistance,
  route_planning: routePlanning,
};
