import type { ObjectPair } from "../distances/nearestInstances.ts";
import type { Protocol } from "../protocols/protocol.ts";
import type { Refusal } from "./task.ts";

/**
 * Whether distances are too much alike for a question of which is the smallest. Refused with code "objects-too-close"
 * where the nearest is hardly apart from the target, "nearest-too-close" where the two nearest differ by less than the
 * protocol's gap, "distances-too-close" where two others do and the protocol looks at all gaps.
 *
 * @param byDistance from the target to each choice, the nearest first.
 */
export function refuseRelDistance(
  byDistance: readonly ObjectPair[],
  roomArea_m2: number,
  { relativeDistance }: Protocol,
): Refusal | null {
  const target = byDistance[0]!.a;
  const refuse = (code: string, message: string, value: number, limit: number): Refusal => {
    const object_ids = [target.id, ...byDistance.map(({ b }) => b.id)];
    return { code, message, object_ids, value, limit, unit: "m" };
  };

  const { smallestDistance_m, gaps } = relativeDistance;
  const nearest = byDistance[0]!;
  if (nearest.distance_m < smallestDistance_m) {
    const message = `The ${nearest.b.label} is less than ${smallestDistance_m} m from the ${target.label}.`;
    return refuse("objects-too-close", message, nearest.distance_m, smallestDistance_m);
  }
  const limit = smallestGap(roomArea_m2, relativeDistance);
  const pairs = byDistance.slice(1).map((farther, index) => ({ nearer: byDistance[index]!, farther }));
  for (const [index, { nearer, farther }] of (gaps === "all" ? pairs : pairs.slice(0, 1)).entries()) {
    const gap_m = farther.distance_m - nearer.distance_m;
    if (gap_m < limit || (gaps === "all" && gap_m === limit)) {
      const names = `${nearer.b.label} and ${farther.b.label}`;
      const [code, pair] = index === 0 ? ["nearest-too-close", "the two nearest, "] : ["distances-too-close", ""];
      const message = `The distances of ${pair}${names}, to the ${target.label} differ by less than ${limit} m.`;
      return refuse(code!, message, gap_m, limit);
    }
  }
  return null;
}

/** Positions in a large room are seen from farther away, so VSI-Bench asks for a larger gap there. */
function smallestGap(roomArea_m2: number, rules: Protocol["relativeDistance"]): number {
  return roomArea_m2 > rules.largeRoom_m2 ? rules.smallestGapInLargeRoom_m : rules.smallestGap_m;
}
