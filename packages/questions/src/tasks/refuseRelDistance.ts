import type { ObjectPair } from "../distances/nearestInstances.ts";
import type { Protocol } from "../protocols/protocol.ts";
import { refuseGaps } from "./refuseGaps.ts";
import type { Refusal } from "./task.ts";

/**
 * Whether distances are too much alike for a question of which is the smallest. Refused with code "objects-too-close"
 * where the nearest is hardly apart from the target, and with those of refuseGaps.
 *
 * @param byDistance from the target to each choice, the nearest first.
 */
export function refuseRelDistance(
  byDistance: readonly ObjectPair[],
  roomArea_m2: number,
  protocol: Protocol,
): Refusal | null {
  const nearest = byDistance[0]!;
  const target = nearest.a;
  const object_ids = [target.id, ...byDistance.map(({ b }) => b.id)];
  const limit = protocol.relativeDistance.smallestDistance_m;
  if (nearest.distance_m < limit) {
    const message = `The ${nearest.b.label} is less than ${limit} m from the ${target.label}.`;
    return { code: "objects-too-close", message, object_ids, value: nearest.distance_m, limit, unit: "m" };
  }
  const choices = byDistance.map(({ b, distance_m }) => ({ label: b.label, distance_m }));
  const refusal = refuseGaps(choices, target.label, roomArea_m2, protocol);
  if (!refusal) {
    return null;
  }
  const { code, message, ...numbers } = refusal;
  return { code, message, object_ids, ...numbers };
}
