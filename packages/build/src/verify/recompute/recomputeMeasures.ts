import type { Question } from "@vsi/dataset";
import type { VerifiedScene } from "../verifiedScene.ts";
import { distanceOf, idsOf, onlyObjectOf } from "./namedObjects.ts";
import type { Recomputed } from "./recomputed.ts";
import { roundedText } from "./roundedText.ts";

/** object_size_estimation: the longest side of the oriented box, in whole centimetres. */
export function recomputeSize({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const object = onlyObjectOf(scene, idsOf(evidence.object_ids, 1)[0]);
  const value = Math.max(...object.box.size) * 100;
  return {
    words: { category: scene.nameOf(object) },
    ground_truth: roundedText(value, 0),
    object_ids: [object.id],
    value,
    unit: "cm",
    margin: null,
  };
}

/** room_size_estimation: square metres, one decimal. */
export function recomputeRoomSize(_question: Question, { facts }: VerifiedScene): Recomputed {
  const value = facts.room.area_m2;
  return { words: {}, ground_truth: roundedText(value, 1), object_ids: [], value, unit: "m2", margin: null };
}

/** object_abs_distance: metres between two objects, one decimal. */
export function recomputeAbsDistance({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const [a, b] = idsOf(evidence.object_ids, 2).map((id) => onlyObjectOf(scene, id));
  const value = distanceOf(scene, a!, b!);
  return {
    words: { a: scene.nameOf(a!), b: scene.nameOf(b!) },
    ground_truth: roundedText(value, 1),
    object_ids: [a!.id, b!.id],
    value,
    unit: "m",
    margin: null,
  };
}
