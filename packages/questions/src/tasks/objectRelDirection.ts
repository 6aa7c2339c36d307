import type { SceneObject } from "@vsi/geometry";
import type { Protocol } from "../protocols/protocol.ts";
import { balancedSequence } from "../random/balancedSequence.ts";
import { combinationCount, combinationOfRank } from "../random/combinations.ts";
import { floorDistance, signedAngle } from "../scene/floorPlane.ts";
import type { Attempt, Draft, Refusal, Task } from "./task.ts";

/** Objects in the order the question names them. */
type Triple = [positioning: SceneObject, orienting: SceneObject, querying: SceneObject];

/**
 * Standing by one object and facing another, is a third to the left or the right: triples of one-instance labels.
 * A triple and the one with orienting and querying exchanged are mirror images: distances and margin stay, left
 * becomes right. They count as one candidate, and which of the two is asked is chosen so that left and right are
 * equally often the answer.
 */
export const objectRelDirectionEasy: Task = {
  type: "object_rel_direction_easy",
  order: "sample",
  candidates({ scene, protocol, random }) {
    const { singles } = scene;
    const pairsEach = combinationCount(singles.length - 1, 2);
    const wantedSides = balancedSequence(["left", "right"], random("sides"));

    return {
      count: singles.length * pairsEach,
      ask(index) {
        const triple = tripleOfRank(singles, index, pairsEach);
        const refusal = refuseTriple(triple, protocol);
        return refusal ? { draft: null, refusals: [refusal] } : accept(triple, wantedSides.next().value);
      },
    };
  },
};

function tripleOfRank(singles: readonly SceneObject[], rank: number, pairsEach: number): Triple {
  const positioning = singles[Math.floor(rank / pairsEach)]!;
  const others = singles.filter((object) => object !== positioning);
  const [orienting, querying] = combinationOfRank(rank % pairsEach, 2);
  return [positioning, others[orienting!]!, others[querying!]!];
}

function accept(triple: Triple, wantedSide: string): Attempt {
  const [positioning, orienting, querying] = triple;
  const draft = draftOf(triple);
  return {
    draft: draft.ground_truth === wantedSide ? draft : draftOf([positioning, querying, orienting]),
    refusals: [],
  };
}

function draftOf(triple: Triple): Draft {
  const [positioning, orienting, querying] = triple;
  const angle = signedAngle(...centroidsOf(triple));
  return {
    words: { positioning: positioning.label, orienting: orienting.label, querying: querying.label },
    ground_truth: angle > 0 ? "left" : "right",
    evidence: {
      object_ids: triple.map((object) => object.id),
      value: angle,
      unit: "degree",
      margin: edgeMargin(angle),
    },
  };
}

function centroidsOf([positioning, orienting, querying]: Triple) {
  return [positioning.centroid, orienting.centroid, querying.centroid] as const;
}

/** Degrees to straight ahead or straight behind, where left and right meet. */
function edgeMargin(angle: number): number {
  return Math.min(Math.abs(angle), 180 - Math.abs(angle));
}

/** The distances first: without them the angle of two objects in one place would have no meaning. */
function refuseTriple(triple: Triple, { relativeDirection }: Protocol): Refusal | null {
  const [positioning, orienting, querying] = centroidsOf(triple);
  const distances_m = [
    floorDistance(positioning, orienting),
    floorDistance(positioning, querying),
    floorDistance(orienting, querying),
  ];
  const object_ids = triple.map((object) => object.id);
  const labels = triple.map((object) => object.label).join(", ");

  const nearest_m = Math.min(...distances_m);
  const { smallestDistance_m, largestDistance_m, smallestMargin_degree } = relativeDirection;
  if (nearest_m < smallestDistance_m) {
    const message = `Two of ${labels} are less than ${smallestDistance_m} m apart on the floor plane.`;
    return { code: "objects-too-close", message, object_ids, value: nearest_m, limit: smallestDistance_m, unit: "m" };
  }
  const farthest_m = Math.max(...distances_m);
  if (farthest_m > largestDistance_m) {
    const message = `Two of ${labels} are more than ${largestDistance_m} m apart on the floor plane.`;
    return { code: "objects-too-far", message, object_ids, value: farthest_m, limit: largestDistance_m, unit: "m" };
  }
  const margin = edgeMargin(signedAngle(positioning, orienting, querying));
  if (margin < smallestMargin_degree) {
    const message = `Seen from the first of ${labels}, the others are within ${smallestMargin_degree} degrees of one line.`;
    return {
      code: "angle-near-edge",
      message,
      object_ids,
      value: margin,
      limit: smallestMargin_degree,
      unit: "degree",
    };
  }
  return null;
}
