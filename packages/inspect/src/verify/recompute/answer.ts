import type { Question } from "@vsi/dataset";
import type { VerifySettings } from "../../folder/manifest.ts";
import type { VerifiedScene } from "../../folder/scene.ts";
import { APPEARANCE } from "./appearance.ts";
import { CAMERA } from "./camera.ts";
import { DIRECTION_TYPES } from "./directions.ts";
import { MEASURES } from "./measures.ts";
import { NEAREST } from "./nearest.ts";
import type { Recomputed, RecomputeTypes } from "./recomputed.ts";
import { ROUTES } from "./route.ts";

/**
 * A question's answer from the scene's facts and the objects and frames in its evidence, by the type's definition and
 * not by the generator's code.
 *
 * @throws EvidenceError when the evidence names what is not there, or what the question can't mean.
 */
export function recomputeAnswer(question: Question, scene: VerifiedScene, settings: VerifySettings): Recomputed {
  return RECOMPUTE[question.question_type](question, scene, settings);
}

/**
 * Every type's recomputation; a new type's goes into the file of its topic. Deliberately independent of @vsi/questions
 * and of the table of question types: a mistake there must not be repeated here.
 */
const RECOMPUTE: Readonly<Required<RecomputeTypes>> = {
  ...MEASURES,
  ...NEAREST,
  ...DIRECTION_TYPES,
  ...APPEARANCE,
  ...CAMERA,
  ...ROUTES,
};
