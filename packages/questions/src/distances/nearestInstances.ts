import type { SceneObject } from "@vsi/geometry";
import type { ObjectDistance } from "./objectDistances.ts";

/** Two objects and how far they are apart. */
export interface ObjectPair {
  a: SceneObject;
  b: SceneObject;
  distance_m: number;
}

/**
 * The closest pair of an instance of one category and an instance of another (VSI-Bench: "If there are multiple
 * instances of an object category, measure to the closest"); the first such pair, when several are equally close.
 *
 * @param instances at least one.
 * @param others at least one.
 */
export function nearestInstances(
  instances: readonly SceneObject[],
  others: readonly SceneObject[],
  distance: ObjectDistance,
): ObjectPair {
  return instances
    .flatMap((a) => others.map((b) => ({ a, b, distance_m: distance(a, b) })))
    .reduce((nearest, pair) => (pair.distance_m < nearest.distance_m ? pair : nearest));
}
