import type { SceneObject } from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import { pointToBoxDistance } from "@vsi/geometry";
import type { VerifiedFrame, VerifiedScene } from "../../folder/scene.ts";

/** Evidence that cannot support an answer: an object that is not there, a frame that does not show it. */
export class EvidenceError extends Error {
  override readonly name = "EvidenceError";
  readonly got: string;
  readonly expected: string;

  constructor(got: string, expected: string) {
    super(`got ${got}, expected ${expected}`);
    this.got = got;
    this.expected = expected;
  }
}

/**
 * The object with this id, if questions may name it.
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
 * The object with this id, if no other has its name: a question can only mean it.
 * @throws EvidenceError when another has the same name, or no sampled frame shows it.
 */
export function onlyObjectOf(scene: VerifiedScene, id: number): SceneObject {
  const object = objectOf(scene, id);
  const name = scene.nameOf(object);
  const count = Math.max(scene.named(name).length, scene.published(name) ?? 1);
  if (count > 1) {
    throw new EvidenceError(`id ${object.id}, one of ${count} called "${name}"`, "the only one of its name");
  }
  if (!scene.isShown(object.id)) {
    throw new EvidenceError(`id ${object.id}, which no sampled frame shows`, "an object that the frames show");
  }
  return object;
}

/** A tuple of `Count` values. */
type ListOf<Value, Count extends number, List extends Value[] = []> = List["length"] extends Count
  ? List
  : ListOf<Value, Count, [...List, Value]>;

/**
 * Exactly `count` ids.
 * @throws EvidenceError for another number of them.
 */
export function idsOf<Count extends number>(ids: readonly number[], count: Count): ListOf<number, Count> {
  if (ids.length !== count) throw new EvidenceError(`${ids.length} object ids`, `${count}`);
  return ids as ListOf<number, Count>;
}

/**
 * The sampled frames of these names, exactly `count`.
 * @throws EvidenceError when a frame is not there.
 */
export function framesOf<Count extends number>(
  scene: VerifiedScene,
  names: readonly string[] | null,
  count: Count,
): ListOf<VerifiedFrame, Count> {
  if (names?.length !== count) throw new EvidenceError(countOf(names?.length ?? 0, "frame"), `${count}`);
  const frames = names.map((name) => {
    const frame = scene.frames?.find((sampled) => sampled.name === name);
    if (frame === undefined) throw new EvidenceError(`the frame ${name}`, "one of the scene's sampled frames");
    return frame;
  });
  return frames as ListOf<VerifiedFrame, Count>;
}

/** The number of sampled frames, as questions state it. */
export function frameCountText({ frames }: VerifiedScene): string {
  return String(frames?.length ?? 0);
}

/**
 * Metres between two objects.
 * @throws EvidenceError where the scene does not have it.
 */
export function distanceOf(scene: VerifiedScene, a: SceneObject, b: SceneObject): number {
  const distance_m = scene.distance(a, b);
  if (distance_m === null) {
    throw new EvidenceError(`no surface distance between ids ${a.id} and ${b.id}`, "one in the scene's facts");
  }
  return distance_m;
}

/**
 * Metres from a camera to an object that its frame shows: to the closest vertex where the protocol means that and the
 * facts have it, otherwise to the box.
 */
export function cameraDistanceOf({ distances_m, position }: VerifiedFrame, { id, box }: SceneObject): number {
  return distances_m.get(id) ?? pointToBoxDistance(box, position);
}
