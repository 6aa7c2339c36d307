import { STREAM_RULES } from "./streamRules.ts";
import type { Refusal } from "./task.ts";

/**
 * Whether a camera is too close ("camera-too-close") or too far ("camera-too-far") for its distance to be judged by eye.
 *
 * @param distance_m metres.
 * @param objectIds what the refusal names.
 * @param what the two places that are so far apart, for the message: "The camera and the bed".
 */
export function refuseCameraDistance(distance_m: number, objectIds: readonly number[], what: string): Refusal | null {
  const { smallestDistance_m, largestDistance_m } = STREAM_RULES;
  const refuse = (code: string, message: string, limit: number): Refusal => {
    return { code, message, object_ids: [...objectIds], value: distance_m, limit, unit: "m" };
  };
  if (distance_m < smallestDistance_m) {
    return refuse("camera-too-close", `${what} are less than ${smallestDistance_m} m apart.`, smallestDistance_m);
  }
  if (distance_m > largestDistance_m) {
    return refuse("camera-too-far", `${what} are more than ${largestDistance_m} m apart.`, largestDistance_m);
  }
  return null;
}
