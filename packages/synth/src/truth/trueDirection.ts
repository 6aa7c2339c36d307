import { onlyObject } from "./onlyObject.ts";
import type { RoomTruth } from "./roomTruth.ts";

/** "left" or "right", and the angle it was decided by. */
export interface TrueDirection {
  side: "left" | "right";
  /** From straight ahead to the object, -180 to 180, counter-clockwise (left) positive. */
  degrees: number;
}

/**
 * VSI-100k's object_rel_direction_easy, seen from above: standing by `positioning` and facing `orienting`, on which side is `querying`?
 * Between the means of the vertices. Worked out by turning the room until one faces along +x and reading off where the object then lies.
 * @throws SynthError "label-not-unique".
 */
export function trueDirection(
  truth: RoomTruth,
  positioning: string,
  orienting: string,
  querying: string,
): TrueDirection {
  const [standX, standY] = onlyObject(truth, positioning).centroid;
  const [faceX, faceY] = onlyObject(truth, orienting).centroid;
  const [queryX, queryY] = onlyObject(truth, querying).centroid;
  const heading = Math.atan2(faceY - standY, faceX - standX);
  const away = Math.hypot(queryX - standX, queryY - standY);
  const bearing = Math.atan2(queryY - standY, queryX - standX) - heading;
  const ahead = away * Math.cos(bearing);
  const leftwards = away * Math.sin(bearing);
  return { side: leftwards > 0 ? "left" : "right", degrees: (Math.atan2(leftwards, ahead) * 180) / Math.PI };
}
