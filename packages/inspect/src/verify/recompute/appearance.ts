import type { Question } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import type { VerifiedFrame, VerifiedScene } from "../../folder/scene.ts";
import { EvidenceError, idsOf, objectOf } from "./evidence.ts";
import { listedWords, type Recomputed, type RecomputeTypes } from "./recomputed.ts";

/** Names listed, and orders to choose from (VSI-Bench's questions have four of both). */
const LISTED = 4;

/** What the stream shows first. */
export const APPEARANCE = {
  obj_appearance_order: recomputeAppearanceOrder,
} satisfies RecomputeTypes;

/** obj_appearance_order: names by the first time that the whole stream shows any of their objects. */
function recomputeAppearanceOrder({ evidence }: Question, scene: VerifiedScene): Recomputed {
  const sights = scene.facts.camera?.first_seen ?? [];
  const times = new Map(sights.map(({ object_id, time_s }) => [object_id, time_s]));
  const listed = idsOf(evidence.object_ids, LISTED).map((id) =>
    appearanceOf(scene, scene.nameOf(objectOf(scene, id)), times),
  );
  const byTime = listed.toSorted((one, other) => one.time_s - other.time_s);
  const names = listed.map(({ name }) => name);
  return {
    words: listedWords(names),
    ground_truth: byTime.map(({ name }) => name).join(", "),
    object_ids: listed.map(({ id }) => id),
    value: null,
    unit: "s",
    margin: Math.min(...byTime.slice(1).map(({ time_s }, place) => time_s - at(byTime, place).time_s)),
    frames: byTime.map(({ frame }) => frame),
    choices: { texts: ordersOf(names).map((order) => order.join(", ")), count: LISTED, inOrder: false },
  };
}

interface Appearance {
  name: string;
  /** The object of the name that is seen first, and when. */
  id: number;
  time_s: number;
  /** The first sampled frame that shows any of the name. */
  frame: VerifiedFrame;
}

function appearanceOf(scene: VerifiedScene, name: string, times: ReadonlyMap<number, number>): Appearance {
  const seen = scene.named(name).flatMap(({ id }) => {
    const time_s = times.get(id);
    return time_s === undefined ? [] : [{ id, time_s }];
  });
  const frame = scene.frames?.find((sampled) => scene.named(name).some(({ id }) => sampled.seen.has(id)));
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
