import type { Question } from "@vsi/dataset";
import type { SceneObject } from "@vsi/geometry";
import { pointToBoxDistance } from "@vsi/geometry";
import type { VerifiedScene } from "../verifiedScene.ts";
import type { VerifySettings } from "../verifySettings.ts";
import { EvidenceError } from "./evidenceError.ts";
import { distanceOf, framesOf, idsOf, objectOf, onlyObjectOf } from "./namedObjects.ts";
import type { Recomputed } from "./recomputed.ts";

/** Objects listed to choose from (VSI-Bench's wording). */
const LISTED = 4;

/** object_rel_distance: the name nearest to the target; of a name with several objects the nearest one counts. */
export function recomputeRelDistance(
  { evidence }: Question,
  scene: VerifiedScene,
  { protocol }: VerifySettings,
): Recomputed {
  const [targetId, ...listedIds] = idsOf(evidence.object_ids, 1 + LISTED);
  const target = onlyObjectOf(scene, targetId);
  const isAlone = protocol.relativeDistance.choices === "single";
  const listed = listedIds.map((id) => {
    const object = isAlone ? onlyObjectOf(scene, id) : objectOf(scene, id);
    return nearestOf(scene.named.get(scene.nameOf(object))!, (other) => distanceOf(scene, target, other));
  });
  const chosen = chooseNearest(scene, listed);
  return {
    ...chosen,
    words: { category: scene.nameOf(target), ...chosen.words },
    object_ids: [target.id, ...chosen.object_ids],
  };
}

/** camera_obj_rel_dist: the object whose box is nearest to the camera in one frame, which shows all four. */
export function recomputeCameraRelDistance({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const [frame] = framesOf(scene, evidence.frames, 1);
  const listed = idsOf(evidence.object_ids, LISTED).map((id) => {
    const object = onlyObjectOf(scene, id);
    if (!frame!.seen.has(object.id)) {
      throw new EvidenceError(`id ${object.id}, which ${frame!.name} does not show`, "objects that the frame shows");
    }
    return { object, distance_m: pointToBoxDistance(object.box, frame!.position) };
  });
  const chosen = chooseNearest(scene, listed);
  const words = { ...chosen.words, frame: String(frame!.number), count: String(scene.frames!.length) };
  return { ...chosen, words, frames: [frame!] };
}

interface Measured {
  object: SceneObject;
  distance_m: number;
}

function nearestOf(objects: readonly SceneObject[], measure: (object: SceneObject) => number): Measured {
  const measured = objects.map((object) => ({ object, distance_m: measure(object) }));
  return measured.reduce((nearest, other) => (other.distance_m < nearest.distance_m ? other : nearest));
}

function chooseNearest(scene: VerifiedScene, listed: readonly Measured[]): Recomputed {
  const names = listed.map(({ object }) => scene.nameOf(object));
  const distances_m = listed.map(({ distance_m }) => distance_m);
  const value = Math.min(...distances_m);
  const nearest = distances_m.indexOf(value);
  const [a, b, c, d] = names as [string, string, string, string];
  return {
    words: { a, b, c, d },
    ground_truth: names[nearest]!,
    object_ids: listed.map(({ object }) => object.id),
    value,
    unit: "m",
    margin: Math.min(...distances_m.filter((_, place) => place !== nearest)) - value,
    choices: { texts: names, count: LISTED, inOrder: true },
  };
}
