import type { Question, SceneObject } from "@vsi/dataset";
import type { VerifySettings } from "../../folder/manifest.ts";
import type { VerifiedScene } from "../../folder/scene.ts";
import {
  cameraDistanceOf,
  distanceOf,
  EvidenceError,
  frameCountText,
  framesOf,
  idsOf,
  objectOf,
  onlyObjectOf,
} from "./evidence.ts";
import { listedWords, type Recomputed, type RecomputeTypes } from "./recomputed.ts";

/** Objects listed to choose from (VSI-Bench's wording). */
const LISTED = 4;

/** Which of several is the nearest. */
export const NEAREST = {
  object_rel_distance: recomputeRelDistance,
  camera_obj_rel_dist: recomputeCameraRelDistance,
} satisfies RecomputeTypes;

/** object_rel_distance: the name nearest to the target; of a name with several objects the nearest one counts. */
function recomputeRelDistance({ evidence }: Question, scene: VerifiedScene, { protocol }: VerifySettings): Recomputed {
  const [targetId, ...listedIds] = idsOf(evidence.object_ids, 5); // The target, and the LISTED.
  const target = onlyObjectOf(scene, targetId);
  const isAlone = protocol.relativeDistance.choices === "single";
  const listed = listedIds.map((id) => {
    const object = isAlone ? onlyObjectOf(scene, id) : objectOf(scene, id);
    const ofName = scene.named(scene.nameOf(object));
    return nearestOf(ofName.map((other) => ({ object: other, distance_m: distanceOf(scene, target, other) })));
  });
  const chosen = chooseNearest(scene, listed);
  return {
    ...chosen,
    words: { category: scene.nameOf(target), ...chosen.words },
    object_ids: [target.id, ...chosen.object_ids],
  };
}

/** camera_obj_rel_dist: the object nearest to the camera in one frame, which shows all four. */
function recomputeCameraRelDistance({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const [frame] = framesOf(scene, evidence.frames, 1);
  const listed = idsOf(evidence.object_ids, LISTED).map((id) => {
    const object = onlyObjectOf(scene, id);
    if (!frame.seen.has(object.id)) {
      throw new EvidenceError(`id ${object.id}, which ${frame.name} does not show`, "objects that the frame shows");
    }
    return { object, distance_m: cameraDistanceOf(frame, object) };
  });
  const chosen = chooseNearest(scene, listed);
  const words = { ...chosen.words, frame: String(frame.number), count: frameCountText(scene) };
  return { ...chosen, words, frames: [frame] };
}

interface Measured {
  object: SceneObject;
  distance_m: number;
}

/** The nearest; the first of equals. */
function nearestOf(measured: readonly Measured[]): Measured {
  return measured.reduce((nearest, other) => (other.distance_m < nearest.distance_m ? other : nearest));
}

function chooseNearest(scene: VerifiedScene, listed: readonly Measured[]): Recomputed {
  const names = listed.map(({ object }) => scene.nameOf(object));
  const nearest = nearestOf(listed);
  const others = listed.filter((one) => one !== nearest);
  const value = nearest.distance_m;
  return {
    words: listedWords(names),
    ground_truth: scene.nameOf(nearest.object),
    object_ids: listed.map(({ object }) => object.id),
    value,
    unit: "m",
    margin: Math.min(...others.map(({ distance_m }) => distance_m)) - value,
    choices: { texts: names, count: LISTED, inOrder: true },
  };
}
