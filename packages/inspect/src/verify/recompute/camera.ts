import type { Question } from "@vsi/dataset";
import { pointToBoxDistance, type Vec3 } from "@vsi/geometry";
import type { VerifiedFrame, VerifiedScene } from "../scene.ts";
import { framesOf, idsOf, objectOf, onlyObjectOf } from "./objects.ts";
import { EvidenceError, type Recomputed, roundedText } from "./recompute.ts";

/** Names listed, and orders to choose from (VSI-Bench's questions have four of both). */
const LISTED = 4;

/** obj_appearance_order: names by the first time that the whole stream shows any of their objects. */
export function recomputeAppearanceOrder({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const times = new Map(scene.facts.camera?.first_seen?.map(({ object_id, time_s }) => [object_id, time_s]));
  const listed = idsOf(evidence.object_ids, LISTED).map((id) =>
    appearanceOf(scene, scene.nameOf(objectOf(scene, id)), times),
  );
  const byTime = listed.toSorted((one, other) => one.time_s - other.time_s);
  const names = listed.map(({ name }) => name);
  const [a, b, c, d] = names as [string, string, string, string];
  return {
    words: { a, b, c, d },
    ground_truth: byTime.map(({ name }) => name).join(", "),
    object_ids: listed.map(({ id }) => id),
    value: null,
    unit: "s",
    margin: Math.min(...byTime.slice(1).map(({ time_s }, place) => time_s - byTime[place]!.time_s)),
    frames: byTime.map(({ frame }) => frame),
    choices: { texts: ordersOf(names).map((order) => order.join(", ")), count: LISTED, inOrder: false },
  };
}

function appearanceOf(scene: VerifiedScene, name: string, times: ReadonlyMap<number, number>) {
  const seen = scene.named.get(name)!.flatMap(({ id }) => {
    const time_s = times.get(id);
    return time_s === undefined ? [] : [{ id, time_s }];
  });
  const frame = scene.frames?.find((sampled) => scene.named.get(name)!.some(({ id }) => sampled.seen.has(id)));
  if (seen.length === 0 || frame === undefined) {
    throw new EvidenceError(`"${name}", which the stream does not show`, "names that its frames show");
  }
  const first = seen.reduce((earliest, other) => (other.time_s < earliest.time_s ? other : earliest));
  return { name, ...first, frame };
}

function ordersOf(names: readonly string[]): string[][] {
  if (names.length === 0) return [[]];
  return names.flatMap((name, place) => ordersOf(names.toSpliced(place, 1)).map((rest) => [name, ...rest]));
}

/** In the order in which the question names them. */
const MOVEMENTS = ["right", "left", "up", "down", "forward", "backward"] as const;

/** camera_displacement: metres between the camera's positions in two frames, one decimal. */
export function recomputeCameraDisplacement({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const { frames, movement, words } = movementOf(evidence, scene);
  const value = Math.hypot(...movement);
  return { words, ground_truth: roundedText(value, 1), object_ids: [], value, unit: "m", margin: null, frames };
}

/**
 * camera_movement_direction: of the six directions along the camera's axes in the first frame, the one at the smallest angle
 * to the movement. The margin is the angle to the plane halfway to the next best, whose normal is the two directions' difference.
 */
export function recomputeCameraMovement({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const { frames, movement, words } = movementOf(evidence, scene);
  const length = Math.hypot(...movement);
  if (length === 0) throw new EvidenceError("a camera that stood still", "one that moved");
  const [right, down, forward] = frames[0]!.axes as [Vec3, Vec3, Vec3];
  const directions = { right, left: negated(right), up: negated(down), down, forward, backward: negated(forward) };
  const [best, next] = MOVEMENTS.map((word) => ({ word, share: dot(directions[word], movement) / length })).sort(
    (one, other) => other.share - one.share,
  ) as [{ word: string; share: number }, { word: string; share: number }];
  return {
    words,
    ground_truth: best.word,
    object_ids: [],
    value: degrees(Math.acos(Math.min(1, best.share))),
    unit: "degree",
    margin: degrees(Math.asin(Math.min(1, (best.share - next.share) / Math.SQRT2))),
    frames,
    choices: { texts: MOVEMENTS, count: MOVEMENTS.length, inOrder: false },
  };
}

/** camera_obj_abs_dist: metres from the camera in a frame to the box of an object that the frame shows, one decimal. */
export function recomputeCameraDistance({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const [frame] = framesOf(scene, evidence.frames, 1);
  const object = onlyObjectOf(scene, idsOf(evidence.object_ids, 1)[0]);
  if (!frame!.seen.has(object.id)) {
    throw new EvidenceError(`id ${object.id}, which ${frame!.name} does not show`, "an object that the frame shows");
  }
  const value = pointToBoxDistance(object.box, frame!.position);
  return {
    words: { category: scene.nameOf(object), frame: String(frame!.number), count: String(scene.frames!.length) },
    ground_truth: roundedText(value, 1),
    object_ids: [object.id],
    value,
    unit: "m",
    margin: null,
    frames: [frame!],
  };
}

function movementOf(evidence: Question["evidence"], scene: VerifiedScene) {
  const frames = framesOf(scene, evidence.frames, 2);
  const [first, second] = frames as [VerifiedFrame, VerifiedFrame];
  if (first.number >= second.number) {
    throw new EvidenceError(`${first.name}, then ${second.name}`, "two frames, the earlier first");
  }
  const movement = second.position.map((end, axis) => end - first.position[axis]!) as Vec3;
  const words = { first: String(first.number), second: String(second.number), count: String(scene.frames!.length) };
  return { frames, movement, words };
}

function negated([x, y, z]: Vec3): Vec3 {
  return [-x, -y, -z];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
