import type { SceneObject } from "@vsi/geometry";
import type { Protocol } from "../protocols/protocol.ts";
import { balancedSequence } from "../random/balancedSequence.ts";
import { combinationCount, combinationOfRank } from "../random/combinations.ts";
import { drawWithoutRepetition } from "../random/drawWithoutRepetition.ts";
import { shuffled } from "../random/shuffled.ts";
import type { Scene } from "../scene/scene.ts";
import type { Draft, Refusal, Task } from "./task.ts";

/** The template lists four objects (VSI-Bench's wording). */
const LISTED = 4;

/** An object to choose from and its distance to the target in metres. */
interface Choice {
  object: SceneObject;
  distance_m: number;
}

/**
 * Which of four objects is the closest to a target: each one-instance label is the target once, with four other
 * one-instance labels drawn at random. Refused with code "nearest-too-close" when the two nearest differ by less than
 * the protocol's gap; then four others are drawn, never the same set twice for a target.
 * Over a scan's targets the right answer stands equally often at each of the four places.
 */
export const objectRelDistance: Task = {
  type: "object_rel_distance",
  order: "every",
  candidates({ scene, protocol, random }) {
    const { singles } = scene;
    const sets = combinationCount(singles.length - 1, LISTED);
    const places = balancedSequence([...Array(LISTED).keys()], random("places"));
    const answerPlaces = singles.map(() => places.next().value);

    return {
      count: sets === 0 ? 0 : singles.length,
      ask(index) {
        const target = singles[index]!;
        const others = singles.filter((object) => object !== target);
        // A stream for each target: its question stays the same when a cap leaves out other targets.
        const stream = random("draws", target.id);
        const ranks = drawWithoutRepetition(stream, sets);
        const refusals: Refusal[] = [];
        for (let draws = 0; draws < protocol.relativeDistance.draws; draws++) {
          const { value: rank, done } = ranks.next();
          if (done) {
            break;
          }
          const byDistance = combinationOfRank(rank, LISTED)
            .map((member) => choiceOf(target, others[member]!, protocol))
            .sort((one, other) => one.distance_m - other.distance_m);
          const refusal = refuseCloseCall(target, byDistance, smallestGap(scene, protocol));
          if (!refusal) {
            const [nearest, ...farther] = byDistance;
            const listed = shuffled(farther, stream);
            listed.splice(answerPlaces[index]!, 0, nearest!);
            return { draft: draftOf(target, listed, byDistance), refusals };
          }
          refusals.push(refusal);
        }
        return { draft: null, refusals };
      },
    };
  },
};

function choiceOf(target: SceneObject, object: SceneObject, protocol: Protocol): Choice {
  return { object, distance_m: protocol.distance(target, object) };
}

function smallestGap(scene: Scene, { relativeDistance }: Protocol): number {
  const { largeRoom_m2, smallestGap_m, smallestGapInLargeRoom_m } = relativeDistance;
  return scene.roomArea_m2 > largeRoom_m2 ? smallestGapInLargeRoom_m : smallestGap_m;
}

function refuseCloseCall(target: SceneObject, byDistance: readonly Choice[], limit: number): Refusal | null {
  const [nearest, second] = byDistance as [Choice, Choice];
  const gap_m = second.distance_m - nearest.distance_m;
  if (gap_m >= limit) {
    return null;
  }
  const pair = `${nearest.object.label} and ${second.object.label}`;
  return {
    code: "nearest-too-close",
    message: `The distances of the two nearest, ${pair}, to the ${target.label} differ by less than ${limit} m.`,
    object_ids: [target.id, ...byDistance.map(({ object }) => object.id)],
    value: gap_m,
    limit,
    unit: "m",
  };
}

function draftOf(target: SceneObject, listed: readonly Choice[], byDistance: readonly Choice[]): Draft {
  const [nearest, second] = byDistance as [Choice, Choice];
  const [a, b, c, d] = listed.map(({ object }) => object.label) as [string, string, string, string];
  return {
    words: { category: target.label, a, b, c, d },
    ground_truth: nearest.object.label,
    evidence: {
      object_ids: [target.id, ...listed.map(({ object }) => object.id)],
      value: nearest.distance_m,
      unit: "m",
      margin: second.distance_m - nearest.distance_m,
    },
  };
}
