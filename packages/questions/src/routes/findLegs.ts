import type { SceneObject } from "@vsi/geometry";
import { signedAngle } from "../scene/floorPlane.ts";
import type { FloorPoint, FreeFloor } from "./freeFloor.ts";
import { isStraightWalk } from "./isStraightWalk.ts";
import type { RouteRules } from "./routeRules.ts";
import { standingPoints } from "./standingPoints.ts";

/** A straight walk from where one stands at one object to where one stands at another. */
export interface Leg {
  from: SceneObject;
  to: SceneObject;
  /** Points of the same array are the same place: legs that follow each other share it. */
  begin: FloorPoint;
  end: FloorPoint;
  length_m: number;
}

/**
 * Every leg between two objects: from each point at the first, straight to the point at the second that lies best on
 * the line to its middle, for "forward until the lamp" means walking at it.
 */
export function findLegs(
  objects: readonly SceneObject[],
  floor: FreeFloor,
  furniture: readonly SceneObject[],
  rules: RouteRules,
): Leg[] {
  const places = objects.map((object) => ({
    object,
    points: standingPoints(object, floor, furniture, rules.reach_m),
  }));
  return places.flatMap(({ object: from, points }) =>
    points.flatMap((begin) =>
      places
        .filter(({ object }) => object !== from)
        .flatMap(({ object: to, points: ends }) => bestLeg(from, begin, to, ends, floor, rules) ?? []),
    ),
  );
}

function bestLeg(
  from: SceneObject,
  begin: FloorPoint,
  to: SceneObject,
  ends: readonly FloorPoint[],
  floor: FreeFloor,
  rules: RouteRules,
): Leg | null {
  let best: { leg: Leg; aim: number } | null = null;
  for (const end of ends) {
    const length_m = Math.hypot(end[0] - begin[0], end[1] - begin[1]);
    const aim = Math.abs(signedAngle([...begin, 0], [...end, 0], to.centroid));
    const isBetter = length_m >= rules.smallestLeg_m && aim <= (best?.aim ?? rules.largestAim_degree);
    if (isBetter && isStraightWalk(floor, begin, end)) {
      best = { leg: { from, to, begin, end, length_m }, aim };
    }
  }
  return best?.leg ?? null;
}
