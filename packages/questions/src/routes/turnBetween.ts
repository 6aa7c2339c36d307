import type { Vec3 } from "@vsi/geometry";
import { signedAngle } from "../scene/floorPlane.ts";
import { edgeMargin, sectorWord } from "../tasks/directionSectors.ts";
import type { Leg } from "./findLegs.ts";
import { TURN_SECTORS, TURN_WORDS } from "./routeTurns.ts";

/** One turn of a route. */
export interface Turn {
  /** "Turn Left". */
  word: string;
  /** Degrees to where the word becomes another. */
  margin_degree: number;
}

/**
 * The turn from one leg into the next, or null when it is none that a question may ask about: (nearly) straight ahead,
 * within the margin of where its word becomes another, or another turn for who goes by the objects' middles.
 */
export function turnBetween(arriving: Leg, leaving: Leg, smallestMargin_degree: number): Turn | null {
  const walked = turnOf([...arriving.begin, 0], [...arriving.end, 0], [...leaving.end, 0]);
  const byObjects = turnOf(arriving.from.centroid, arriving.to.centroid, leaving.to.centroid);
  const word = sectorWord(walked, TURN_SECTORS);
  const margin_degree = edgeMargin(walked, TURN_SECTORS);
  const isClear =
    TURN_WORDS.includes(word) && margin_degree >= smallestMargin_degree && sectorWord(byObjects, TURN_SECTORS) === word;
  return isClear ? { word, margin_degree } : null;
}

/** By how much someone who came from `before` to `at` turns to go on to `after`; degrees, left positive. */
function turnOf(before: Vec3, at: Vec3, after: Vec3): number {
  const ahead: Vec3 = [2 * at[0] - before[0], 2 * at[1] - before[1], 0];
  return signedAngle(at, ahead, after);
}
