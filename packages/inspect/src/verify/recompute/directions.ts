import type { Question, QuestionType } from "@vsi/dataset";
import type { VerifiedScene } from "../../folder/scene.ts";
import { idsOf, onlyObjectOf } from "./evidence.ts";
import type { Recomputed, RecomputeTypes } from "./recomputed.ts";

type DirectionType = Extract<QuestionType, `object_rel_direction_${string}`>;

interface Direction {
  texts: readonly string[];
  /** Degrees from straight ahead at which one word becomes another. */
  edges: readonly number[];
  wordOf(angle: number): string;
}

/** VSI-Bench's words (arXiv 2412.14171). */
const DIRECTIONS: Readonly<Record<DirectionType, Direction>> = {
  object_rel_direction_easy: {
    texts: ["left", "right"],
    edges: [0, 180],
    wordOf: (angle) => (angle > 0 ? "left" : "right"),
  },
  object_rel_direction_medium: {
    texts: ["left", "right", "back"],
    edges: [0, 135],
    wordOf: (angle) => (Math.abs(angle) >= 135 ? "back" : angle > 0 ? "left" : "right"),
  },
  object_rel_direction_hard: {
    texts: ["front-left", "front-right", "back-left", "back-right"],
    edges: [0, 90, 180],
    wordOf: (angle) => `${Math.abs(angle) < 90 ? "front" : "back"}-${angle > 0 ? "left" : "right"}`,
  },
};

/** Where an object is for someone who stands and faces. */
export const DIRECTION_TYPES = {
  object_rel_direction_easy: recomputeRelDirection("object_rel_direction_easy"),
  object_rel_direction_medium: recomputeRelDirection("object_rel_direction_medium"),
  object_rel_direction_hard: recomputeRelDirection("object_rel_direction_hard"),
} satisfies RecomputeTypes;

/** object_rel_direction_*: where the third object's centroid is for someone at the first who faces the second. */
function recomputeRelDirection(type: DirectionType): (question: Question, scene: VerifiedScene) => Recomputed {
  const { texts, edges, wordOf } = DIRECTIONS[type];
  return ({ evidence }, scene) => {
    const [first, second, third] = idsOf(evidence.object_ids, 3);
    const positioning = onlyObjectOf(scene, first);
    const orienting = onlyObjectOf(scene, second);
    const querying = onlyObjectOf(scene, third);
    const value = turnAngle(positioning.centroid, orienting.centroid, querying.centroid);
    return {
      words: {
        positioning: scene.nameOf(positioning),
        orienting: scene.nameOf(orienting),
        querying: scene.nameOf(querying),
      },
      ground_truth: wordOf(value),
      object_ids: [positioning.id, orienting.id, querying.id],
      value,
      unit: "degree",
      margin: marginTo(value, edges),
      choices: { texts, count: texts.length, inOrder: false },
    };
  };
}

/** A point on the floor, or above it: x and y count. */
type FloorPoint = readonly [number, number, ...number[]];

/**
 * By how much someone at `at` who faces `facing` turns to face `wanted`: the difference of two bearings, over -180 to
 * 180 degrees, left (counter-clockwise) positive.
 */
export function turnAngle(at: FloorPoint, facing: FloorPoint, wanted: FloorPoint): number {
  const turn = bearing(at, wanted) - bearing(at, facing);
  return turn > 180 ? turn - 360 : turn <= -180 ? turn + 360 : turn;
}

/** Degrees from the x axis, counter-clockwise. */
function bearing(from: FloorPoint, to: FloorPoint): number {
  return (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
}

/** Degrees from a turn to the nearest of the edges, which lie at the same angles on both sides. */
export function marginTo(angle: number, edges: readonly number[]): number {
  return Math.min(...edges.map((edge) => Math.abs(Math.abs(angle) - edge)));
}
