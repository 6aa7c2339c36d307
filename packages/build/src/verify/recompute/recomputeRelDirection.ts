import type { Question } from "@vsi/dataset";
import type { DirectionType } from "@vsi/questions";
import type { VerifiedScene } from "../verifiedScene.ts";
import { idsOf, onlyObjectOf } from "./namedObjects.ts";
import type { Recomputed } from "./recomputed.ts";
import { marginTo, turnAngle } from "./turnAngle.ts";

/** VSI-Bench's words (arXiv 2412.14171) and the degrees from straight ahead at which one becomes another. */
const DIRECTIONS: Readonly<
  Record<DirectionType, { texts: readonly string[]; edges: readonly number[]; wordOf: (angle: number) => string }>
> = {
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

/** object_rel_direction_*: where the third object's centroid is for someone at the first who faces the second. */
export function recomputeRelDirection({ evidence, question_type }: Question, scene: VerifiedScene): Recomputed {
  const { texts, edges, wordOf } = DIRECTIONS[question_type as DirectionType];
  const objects = idsOf(evidence.object_ids, 3).map((id) => onlyObjectOf(scene, id));
  const [positioning, orienting, querying] = objects.map((object) => scene.nameOf(object)) as [string, string, string];
  const [at, facing, wanted] = objects as [(typeof objects)[0], (typeof objects)[0], (typeof objects)[0]];
  const value = turnAngle(at.centroid, facing.centroid, wanted.centroid);
  return {
    words: { positioning, orienting, querying },
    ground_truth: wordOf(value),
    object_ids: objects.map(({ id }) => id),
    value,
    unit: "degree",
    margin: marginTo(value, edges),
    choices: { texts, count: texts.length, inOrder: false },
  };
}
