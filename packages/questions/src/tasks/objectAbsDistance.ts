import type { SceneObject } from "@vsi/geometry";
import { nearestInstances } from "../distances/nearestInstances.ts";
import type { ObjectDistance } from "../distances/objectDistances.ts";
import { combinationCount, combinationOfRank } from "../random/combinations.ts";
import { roundAnswer } from "../text/roundAnswer.ts";
import { refuseZero } from "./refuseZero.ts";
import type { Answer, Task } from "./task.ts";

/**
 * The distance between two objects in metres, one decimal: every pair of one-instance labels, the lower id first.
 * Refused with code "objects-too-close" under the protocol's smallest distance.
 */
export const objectAbsDistance: Task = {
  type: "object_abs_distance",
  order: "every",
  candidates({ scene, protocol, distance }) {
    const limit = protocol.absoluteDistance.smallestDistance_m;
    return {
      count: combinationCount(scene.singles.length, 2),
      ask(index) {
        const [first, second] = combinationOfRank(index, 2);
        const a = scene.singles[first!]!;
        const b = scene.singles[second!]!;
        const answer = absDistanceAnswer([a], [b], distance);
        const { object_ids, value } = answer.evidence;
        if (value! < limit) {
          const message = `The ${a.label} and the ${b.label} are less than ${limit} m apart.`;
          const refusal = { code: "objects-too-close", message, object_ids, value, limit, unit: "m" as const };
          return { draft: null, refusals: [refusal] };
        }
        return refuseZero({ words: { a: a.label, b: b.label }, ...answer }, 0.1);
      },
    };
  },
};

/** Between the closest instances of two labels, in metres, one decimal. Both have at least one instance. */
export function absDistanceAnswer(
  instances: readonly SceneObject[],
  others: readonly SceneObject[],
  distance: ObjectDistance,
): Answer {
  const { a, b, distance_m } = nearestInstances(instances, others, distance);
  return {
    ground_truth: roundAnswer(distance_m, 1),
    evidence: { object_ids: [a.id, b.id], value: distance_m, unit: "m", margin: null },
  };
}
