import type { SceneObject } from "@vsi/geometry";
import { nearestInstances, type ObjectPair } from "../distances/nearestInstances.ts";
import type { Protocol } from "../protocols/protocol.ts";
import { balancedSequence } from "../random/balancedSequence.ts";
import { combinationCount, combinationOfRank } from "../random/combinations.ts";
import { drawWithoutRepetition } from "../random/drawWithoutRepetition.ts";
import { placedAmong } from "../random/placedAmong.ts";
import { isSeen, type Scene } from "../scene/scene.ts";
import { refuseRelDistance } from "./refuseRelDistance.ts";
import type { Answer, Draft, Refusal, Task } from "./task.ts";

/** The template lists four objects (VSI-Bench's wording). */
const LISTED = 4;

/**
 * Which of four objects is the closest to a target: each one-instance label is the target once, with four other labels
 * drawn at random; of a label with several instances the one nearest to the target counts. Where distances break one of
 * the protocol's rules (see refuseRelDistance), four others are drawn, never the same set twice for a target.
 * Over a scan's targets the right answer stands equally often at each of the four places.
 */
export const objectRelDistance: Task = {
  type: "object_rel_distance",
  order: "every",
  candidates({ scene, protocol, distance, random }) {
    const { singles } = scene;
    const pool = choicePool(scene, protocol);
    const sets = combinationCount(pool.length - 1, LISTED);
    const places = balancedSequence([...Array(LISTED).keys()], random("places"));
    const answerPlaces = singles.map(() => places.next().value);

    return {
      count: sets === 0 ? 0 : singles.length,
      ask(index) {
        const target = singles[index]!;
        const others = pool.filter(([object]) => object !== target);
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
            .map((member) => nearestInstances([target], others[member]!, distance))
            .sort((one, other) => one.distance_m - other.distance_m);
          const refusal = refuseRelDistance(byDistance, scene.roomArea_m2, protocol);
          if (!refusal) {
            const [nearest, ...farther] = byDistance;
            return { draft: draftOf(placedAmong(nearest!, farther, answerPlaces[index]!, stream)), refusals };
          }
          refusals.push(refusal);
        }
        return { draft: null, refusals };
      },
    };
  },
};

/**
 * The groups of objects to choose from, those with one instance alone where the protocol says so. With a stream, groups
 * that it shows as a whole: the nearest instance must not be one that nobody saw.
 */
function choicePool(scene: Scene, { relativeDistance }: Protocol): (readonly SceneObject[])[] {
  return relativeDistance.choices === "any"
    ? [...scene.objectsByLabel.values()].filter((group) => group.every(({ id }) => isSeen(id, scene.stream)))
    : scene.singles.map((object) => [object]);
}

function draftOf(listed: readonly ObjectPair[]): Draft {
  const choices = listed.map(({ b }) => b.label);
  const [a, b, c, d] = choices as [string, string, string, string];
  return { words: { category: listed[0]!.a.label, a, b, c, d }, choices, ...relDistanceAnswer(listed) };
}

/**
 * The label of the nearest, the first listed when several are equally near; the margin is how much farther the second
 * nearest is.
 *
 * @param listed from the target to each of at least two choices, in the order the question lists them.
 */
export function relDistanceAnswer(listed: readonly ObjectPair[]): Answer {
  const [nearest, second] = [...listed].sort((one, other) => one.distance_m - other.distance_m) as [
    ObjectPair,
    ObjectPair,
  ];
  return {
    ground_truth: nearest.b.label,
    evidence: {
      object_ids: [nearest.a.id, ...listed.map(({ b }) => b.id)],
      value: nearest.distance_m,
      unit: "m",
      margin: second.distance_m - nearest.distance_m,
    },
  };
}
