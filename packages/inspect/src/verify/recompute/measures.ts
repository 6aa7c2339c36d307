import type { Question } from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import type { VerifySettings } from "../../folder/manifest.ts";
import type { VerifiedScene } from "../../folder/scene.ts";
import { distanceOf, EvidenceError, idsOf, objectOf, onlyObjectOf } from "./evidence.ts";
import { type Recomputed, type RecomputeTypes, roundedText } from "./recomputed.ts";

/** Counts, sizes and the distance of two objects. */
export const MEASURES = {
  object_counting: recomputeCounting,
  object_size_estimation: recomputeSize,
  room_size_estimation: recomputeRoomSize,
  object_abs_distance: recomputeAbsDistance,
} satisfies RecomputeTypes;

/** object_counting: how many objects have the name; with --count-visible, how many of them the frames show. */
function recomputeCounting({ evidence }: Question, scene: VerifiedScene, settings: VerifySettings): Recomputed {
  const name = scene.nameOf(objectOf(scene, evidence.object_ids[0]));
  const all = scene.named(name);
  const shown = all.filter(({ id }) => scene.isShown(id));
  const published = scene.published(name) ?? all.length;
  if (published !== all.length) {
    throw new EvidenceError(
      `${countOf(all.length, "box", "boxes")} of "${name}" and the published count ${published}`,
      "as many of both",
    );
  }
  if (!settings.countVisible && shown.length < all.length) {
    throw new EvidenceError(
      `"${name}", of which the frames show ${shown.length} of ${all.length}`,
      "all of them shown",
    );
  }
  return {
    words: { category: name },
    ground_truth: String(shown.length),
    object_ids: shown.map(({ id }) => id),
    value: shown.length,
    unit: "count",
    margin: null,
  };
}

/** object_size_estimation: the longest side of the oriented box, in whole centimetres. */
function recomputeSize({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const [id] = idsOf(evidence.object_ids, 1);
  const object = onlyObjectOf(scene, id);
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
function recomputeRoomSize(_question: Question, { facts }: VerifiedScene): Recomputed {
  const value = facts.room.area_m2;
  return { words: {}, ground_truth: roundedText(value, 1), object_ids: [], value, unit: "m2", margin: null };
}

/** object_abs_distance: metres between two objects, one decimal. */
function recomputeAbsDistance({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const [first, second] = idsOf(evidence.object_ids, 2);
  const a = onlyObjectOf(scene, first);
  const b = onlyObjectOf(scene, second);
  const value = distanceOf(scene, a, b);
  return {
    words: { a: scene.nameOf(a), b: scene.nameOf(b) },
    ground_truth: roundedText(value, 1),
    object_ids: [a.id, b.id],
    value,
    unit: "m",
    margin: null,
  };
}
