import type { Question } from "@vsi/dataset";
import type { VerifiedScene } from "../verifiedScene.ts";
import type { VerifySettings } from "../verifySettings.ts";
import { EvidenceError } from "./evidenceError.ts";
import { objectOf, publishedCount } from "./namedObjects.ts";
import type { Recomputed } from "./recomputed.ts";

/** object_counting: how many objects have the name; with --count-visible, how many of them the frames show. */
export function recomputeCounting({ evidence }: Question, scene: VerifiedScene, settings: VerifySettings): Recomputed {
  const name = scene.nameOf(objectOf(scene, evidence.object_ids[0]));
  const all = scene.named.get(name)!;
  const shown = all.filter(({ id }) => scene.isShown(id));
  const published = publishedCount(scene, name) ?? all.length;
  if (published !== all.length) {
    throw new EvidenceError(`${all.length} boxes of "${name}" and the published count ${published}`, "as many of both");
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
