import type { SceneObject } from "@vsi/dataset";
import type { VerifiedFrame, VerifiedScene } from "../scene.ts";

/** Evidence that no answer can rest on: an object that is not there, a frame that does not show it. */
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
export function onlyObjectOf(scene: VerifiedScene, id: number): SceneObject {
  const object = objectOf(scene, id);
  const name = scene.nameOf(object);
  const count = Math.max(scene.named(name).length, publishedCount(scene, name) ?? 1);
  if (count > 1) {
    throw new EvidenceError(`id ${object.id}, one of ${count} called "${name}"`, "the only one of its name");
  }
  if (!scene.isShown(object.id)) {
    throw new EvidenceError(`id ${object.id}, which no sampled frame shows`, "an object that the frames show");
  }
  return object;
}

/** How many there are, where facts came with counts; null where the objects are the count. */
export function publishedCount({ facts }: VerifiedScene, name: string): number | null {
  return facts.counts !== null && Object.hasOwn(facts.counts, name) ? (facts.counts[name] ?? null) : null;
}

/** A list of exactly so many values. */
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
 * The sampled frames of these names; exactly `count`.
 * @throws EvidenceError when a frame is not there.
 */
export function framesOf<Count extends number>(
  scene: VerifiedScene,
  names: readonly string[] | null,
  count: Count,
): ListOf<VerifiedFrame, Count> {
  if (names?.length !== count) throw new EvidenceError(`${names?.length ?? 0} frames`, `${count}`);
  const frames = names.map((name) => {
    const frame = scene.frames?.find((sampled) => sampled.name === name);
    if (frame === undefined) throw new EvidenceError(`the frame ${name}`, "one of the scene's sampled frames");
    return frame;
  });
  return frames as ListOf<VerifiedFrame, Count>;
}

/** How many frames are sampled, as questions say it. */
export function frameCountText({ frames }: VerifiedScene): string {
  return String(frames?.length ?? 0);
}

/**
 * Metres between two objects.
 * @throws EvidenceError where the scene does not tell.
 */
export function distanceOf(scene: VerifiedScene, a: SceneObject, b: SceneObject): number {
  const distance_m = scene.distance(a, b);
  if (distance_m === null) {
    throw new EvidenceError(`no surface distance between ids ${a.id} and ${b.id}`, "one in the scene's facts");
  }
  return distance_m;
}
