import type { Question, QuestionType } from "@vsi/dataset";
import type { VerifiedScene, VerifySettings } from "../scene.ts";
import {
  recomputeAppearanceOrder,
  recomputeCameraDisplacement,
  recomputeCameraDistance,
  recomputeCameraMovement,
} from "./camera.ts";
import {
  idsOf,
  marginTo,
  onlyObjectOf,
  recomputeAbsDistance,
  recomputeCameraRelDistance,
  recomputeCounting,
  recomputeRelDirection,
  recomputeRelDistance,
  recomputeRoomSize,
  recomputeSize,
  turnAngle,
} from "./objects.ts";
import { EvidenceError, fillPlaces, type Recomputed } from "./recompute.ts";

const TURNS = ["Turn Left", "Turn Right", "Turn Back"] as const;

/** Degrees at which walking ahead ends and turning back begins (VSI-Bench's medium directions). */
const AHEAD_UNTIL = 45;
const BACK_FROM = 135;

/** Answers listed where there are more. */
const LISTED = 4;

/** route_planning: walks the evidence's route from point to point and tells the turn at each stop. */
function recomputeRoute({ evidence }: Question, scene: VerifiedScene, { protocol }: VerifySettings): Recomputed {
  const { route } = evidence;
  if (route === null || protocol.routes === null) throw new EvidenceError("no route", "one point for each object");
  const objects = idsOf(evidence.object_ids, route.length).map((id) => onlyObjectOf(scene, id));
  const names = objects.map((object) => scene.nameOf(object));
  const angles = route.slice(1, -1).map((stop, place) => {
    const before = route[place]!;
    const ahead = [2 * stop[0] - before[0], 2 * stop[1] - before[1]] as const;
    return turnAngle(stop, ahead, route[place + 2]!);
  });
  const { forward, turn } = protocol.routes;
  const actions = names
    .slice(1)
    .flatMap((object) => [turn, fillPlaces(forward, { object })])
    .slice(1);
  return {
    words: {
      start: names[0]!,
      facing: names[1]!,
      destination: names.at(-1)!,
      actions: actions.map((action, place) => `${place + 1}. ${action}`).join(" "),
    },
    ground_truth: angles.map(turnOf).join(", "),
    object_ids: objects.map(({ id }) => id),
    value: null,
    unit: "degree",
    margin: Math.min(...angles.map((angle) => marginTo(angle, [AHEAD_UNTIL, BACK_FROM]))),
    choices: listsOf(angles.length),
  };
}

function turnOf(angle: number): string {
  const size = Math.abs(angle);
  if (size < AHEAD_UNTIL) throw new EvidenceError(`a stop passed straight on (${angle.toFixed(1)} degrees)`, "a turn");
  return size >= BACK_FROM ? "Turn Back" : angle > 0 ? "Turn Left" : "Turn Right";
}

/** All lists of so many turns. */
function listsOf(turns: number): NonNullable<Recomputed["choices"]> {
  let texts: string[] = [...TURNS];
  for (let place = 1; place < turns; place++) texts = texts.flatMap((list) => TURNS.map((turn) => `${list}, ${turn}`));
  return { texts, count: Math.min(LISTED, texts.length), inOrder: false };
}

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
