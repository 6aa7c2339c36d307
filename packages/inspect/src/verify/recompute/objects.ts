import type { Question } from "@vsi/dataset";
import { pointToBoxDistance, type SceneObject } from "@vsi/geometry";
import type { DirectionType } from "@vsi/questions";
import type { VerifiedFrame, VerifiedScene, VerifySettings } from "../scene.ts";
import { EvidenceError, type Recomputed, roundedText } from "./recompute.ts";

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

/**
 * The object of an id that questions may name.
 * @throws EvidenceError when there is none.
 */
export function objectOf(scene: VerifiedScene, id: number | undefined): SceneObject {
  const object = id === undefined ? undefined : scene.objects.get(id);
  if (object === undefined) {
    throw new EvidenceError(`object id ${id}`, "the id of an object in the scene that questions may name");
  }
  return object;
}

/**
 * The object of an id whose name no other object has, so that a question can mean it alone.
 * @throws EvidenceError when another has the same name, or no sampled frame shows it.
 */
export function onlyObjectOf(scene: VerifiedScene, id: number | undefined): SceneObject {
  const object = objectOf(scene, id);
  const name = scene.nameOf(object);
  const count = Math.max(scene.named.get(name)!.length, publishedCount(scene, name) ?? 1);
  if (count > 1)
    throw new EvidenceError(`id ${object.id}, one of ${count} called "${name}"`, "the only one of its name");
  if (!scene.isShown(object.id)) {
    throw new EvidenceError(`id ${object.id}, which no sampled frame shows`, "an object that the frames show");
  }
  return object;
}

/** How many there are, where facts came with counts; null where the objects are the count. */
function publishedCount({ facts }: VerifiedScene, name: string): number | null {
  return facts.counts !== null && Object.hasOwn(facts.counts, name) ? facts.counts[name]! : null;
}

/**
 * Exactly `count` ids.
 * @throws EvidenceError for another number of them.
 */
export function idsOf(ids: readonly number[], count: number): readonly number[] {
  if (ids.length !== count) throw new EvidenceError(`${ids.length} object ids`, `${count}`);
  return ids;
}

/**
 * The sampled frames of these names; exactly `count`.
 * @throws EvidenceError when a frame is not there.
 */
export function framesOf(scene: VerifiedScene, names: readonly string[] | null, count: number): VerifiedFrame[] {
  if (names?.length !== count) throw new EvidenceError(`${names?.length ?? 0} frames`, `${count}`);
  return names.map((name) => {
    const frame = scene.frames?.find((sampled) => sampled.name === name);
    if (frame === undefined) throw new EvidenceError(`the frame ${name}`, "one of the scene's sampled frames");
    return frame;
  });
}

/**
 * Metres between two objects.
 * @throws EvidenceError where the scene does not tell.
 */
function distanceOf(scene: VerifiedScene, a: SceneObject, b: SceneObject): number {
  const distance_m = scene.distance(a, b);
  if (distance_m === null) {
    throw new EvidenceError(`no surface distance between ids ${a.id} and ${b.id}`, "one in the scene's facts");
  }
  return distance_m;
}

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

/** A point on the floor, or above it: x and y count. */
type FloorPoint = readonly [number, number, ...number[]];

/** Degrees from the x axis, counter-clockwise. */
function bearing(from: FloorPoint, to: FloorPoint): number {
  return (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
}

/**
 * By how much someone at `at` who faces `facing` turns to face `wanted`: the difference of two bearings, over -180 to
 * 180 degrees, left (counter-clockwise) positive.
 */
export function turnAngle(at: FloorPoint, facing: FloorPoint, wanted: FloorPoint): number {
  const turn = bearing(at, wanted) - bearing(at, facing);
  return turn > 180 ? turn - 360 : turn <= -180 ? turn + 360 : turn;
}

/** Degrees from a turn to the nearest of the edges, which lie at the same angles on both sides. */
export function marginTo(angle: number, edges: readonly number[]): number {
  return Math.min(...edges.map((edge) => Math.abs(Math.abs(angle) - edge)));
}

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
