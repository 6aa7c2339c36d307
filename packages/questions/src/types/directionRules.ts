import type { SceneFacts, SceneObject, Vec3 } from "@vsi/geometry";
import { QueryError } from "../errors.ts";
import { type DirectionSectors, edgeMargin, floorDistance, sectorWord, signedAngle } from "../scene/directions.ts";
import { alignedBox, BOX_CORNERS, bottomOf, boxCorners, standpointsBy } from "../scene/standpoints.ts";
import type { ProtocolRules, Refusal } from "./questionType.ts";

/** Objects in the order the question names them. */
export type Triple = readonly [positioning: SceneObject, orienting: SceneObject, querying: SceneObject];

/** The centroids in the order of the question. */
export function centroidsOf([positioning, orienting, querying]: Triple) {
  return [positioning.centroid, orienting.centroid, querying.centroid] as const;
}

/** The word of the sector in which the third centroid lies, seen from the first and facing the second. */
export function wordOf(triple: Triple, sectors: DirectionSectors): string {
  return sectorWord(signedAngle(...centroidsOf(triple)), sectors);
}

type DirectionRules = ProtocolRules["relativeDirection"];

/**
 * Refuses directions that are none.
 *
 * @throws QueryError "query-one-place" when the object faced or the one asked about stands, on the floor plane, where the
 * viewer does.
 */
export function refuseOnePlace(triple: Triple, { scene_name }: Pick<SceneFacts, "scene_name">): void {
  const [positioning, orienting, querying] = centroidsOf(triple);
  for (const [place, centroid] of [
    ["orienting", orienting],
    ["querying", querying],
  ] as const) {
    if (floorDistance(positioning, centroid) === 0) {
      throw new QueryError("query-one-place", {
        file: `query about ${JSON.stringify(scene_name)}`,
        place,
        got: `an object where ${JSON.stringify(triple[0].label)} stands`,
        expected: "an object elsewhere on the floor plane",
        advice: "There is no direction from a point to itself: ask about another object.",
      });
    }
  }
}

/**
 * Whether three objects are too near ("objects-too-close"), too far ("objects-too-far") or too close to an edge of a
 * sector ("angle-near-edge") for a question of direction. The same for a triple and its mirror image.
 * The distances come first: without them the angle of two objects in one place would have no meaning.
 */
export function refuseTriple(triple: Triple, sectors: DirectionSectors, rules: DirectionRules): Refusal | null {
  const [positioning, orienting, querying] = centroidsOf(triple);
  const distances_m = [
    floorDistance(positioning, orienting),
    floorDistance(positioning, querying),
    floorDistance(orienting, querying),
  ];
  const { smallestDistance_m, largestDistance_m, smallestMargin_degree } = rules;
  const nearest_m = Math.min(...distances_m);
  if (nearest_m < smallestDistance_m) {
    const message = `Two of ${labelsOf(triple)} are less than ${smallestDistance_m} m apart on the floor plane.`;
    return refusalOf(triple, "objects-too-close", message, nearest_m, smallestDistance_m, "m");
  }
  const farthest_m = Math.max(...distances_m);
  if (largestDistance_m !== null && farthest_m > largestDistance_m) {
    const message = `Two of ${labelsOf(triple)} are more than ${largestDistance_m} m apart on the floor plane.`;
    return refusalOf(triple, "objects-too-far", message, farthest_m, largestDistance_m, "m");
  }
  const margin = edgeMargin(signedAngle(positioning, orienting, querying), sectors);
  if (margin < smallestMargin_degree) {
    const message = edgeMessage(triple, sectors, smallestMargin_degree);
    return refusalOf(triple, "angle-near-edge", message, margin, smallestMargin_degree, "degree");
  }
  return null;
}

/**
 * Whether too much of the box asked about lies where the answer is another ("box-across-sectors"): its corners are
 * counted by their direction, as VSI-Bench's generators do.
 */
export function refuseStraddling(triple: Triple, sectors: DirectionSectors, rules: DirectionRules): Refusal | null {
  const limit = rules.mostCornersElsewhere;
  if (limit >= BOX_CORNERS) {
    return null;
  }
  const [positioning, orienting, querying] = centroidsOf(triple);
  const wordAt = (point: Vec3) => sectorWord(signedAngle(positioning, orienting, point), sectors);
  const word = wordAt(querying);
  const elsewhere = boxCorners(triple[2].box).filter((corner) => wordAt(corner) !== word).length;
  if (elsewhere <= limit) {
    return null;
  }
  const message = `Seen from the first of ${labelsOf(triple)}, more than ${limit} of the last one's box corners are not ${word}.`;
  return refusalOf(triple, "box-across-sectors", message, elsewhere, limit, "count");
}

/**
 * Whether nobody stands by the first object ("no-standpoint"), or too few of those who stand around it give the answer
 * that its centroid gives ("standpoints-disagree").
 *
 * @param floor_m height of the floor, metres.
 */
export function refuseStandpoint(
  triple: Triple,
  floor_m: number,
  sectors: DirectionSectors,
  { standpoints }: DirectionRules,
): Refusal | null {
  if (standpoints === null) {
    return null;
  }
  const { highest_m, standoff_m, leastAgreeing, leastAgreeingAligned } = standpoints;
  const [positioning, orienting, querying] = triple;
  const height_m = bottomOf(positioning) - floor_m;
  if (height_m > highest_m) {
    const message = `Nobody can stand by the ${positioning.label}: it hangs more than ${highest_m} m above the floor.`;
    return refusalOf(triple, "no-standpoint", message, height_m, highest_m, "m");
  }
  const word = wordOf(triple, sectors);
  const { box: oriented, aabb } = positioning;
  const around = [
    { box: oriented, share: leastAgreeing },
    ...(aabb === undefined ? [] : [{ box: alignedBox(aabb), share: leastAgreeingAligned }]),
  ];
  for (const { box, share } of around) {
    const points = standpointsBy({ box }, standoff_m);
    let agreeing = 0;
    for (const point of points) {
      if (sectorWord(signedAngle(point, orienting.centroid, querying.centroid), sectors) === word) agreeing += 1;
    }
    const least = Math.ceil(share * points.length);
    if (agreeing < least) {
      const message = `Standing by the first of ${labelsOf(triple)}, at ${agreeing} of ${points.length} places around it, the last is ${word}: at least ${least} must agree.`;
      return refusalOf(triple, "standpoints-disagree", message, agreeing, least, "count");
    }
  }
  return null;
}

function labelsOf(triple: Triple): string {
  return triple.map((object) => object.label).join(", ");
}

function edgeMessage(triple: Triple, sectors: DirectionSectors, limit: number): string {
  // With one band, the edges are straight ahead and straight behind: all three lie on one line.
  return sectors.length === 1
    ? `Seen from the first of ${labelsOf(triple)}, the others are within ${limit} degrees of one line.`
    : `Seen from the first of ${labelsOf(triple)}, the last is within ${limit} degrees of where the answer becomes another.`;
}

function refusalOf(
  triple: Triple,
  code: string,
  message: string,
  value: number,
  limit: number,
  unit: Refusal["unit"],
): Refusal {
  return { code, message, object_ids: triple.map((object) => object.id), value, limit, unit };
}
