import type { OrientedBox, SceneObject, Vec3 } from "@vsi/geometry";
import type { Protocol } from "../protocols/protocol.ts";
import { floorDistance, signedAngle } from "../scene/floorPlane.ts";
import { type DirectionSectors, edgeMargin, sectorWord } from "./directionSectors.ts";
import type { Refusal } from "./task.ts";

/** Objects in the order the question names them. */
export type Triple = readonly [positioning: SceneObject, orienting: SceneObject, querying: SceneObject];

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
  if (farthest_m > largestDistance_m) {
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
  const [positioning, orienting, querying] = centroidsOf(triple);
  const limit = rules.mostCornersElsewhere;
  const wordAt = (point: Vec3) => sectorWord(signedAngle(positioning, orienting, point), sectors);
  const word = wordAt(querying);
  const elsewhere = boxCorners(triple[2].box).filter((corner) => wordAt(corner) !== word).length;
  if (elsewhere <= limit) {
    return null;
  }
  const message = `Seen from the first of ${labelsOf(triple)}, more than ${limit} of the last one's box corners are not ${word}.`;
  return refusalOf(triple, "box-across-sectors", message, elsewhere, limit, "count");
}

type DirectionRules = Protocol["relativeDirection"];

/** The centroids in the order of the question. */
export function centroidsOf([positioning, orienting, querying]: Triple) {
  return [positioning.centroid, orienting.centroid, querying.centroid] as const;
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

function boxCorners({ center, size, axes }: OrientedBox): Vec3[] {
  const signs = [-1, 1];
  return signs.flatMap((first) =>
    signs.flatMap((second) =>
      signs.map((third): Vec3 => {
        const offset = [(first * size[0]) / 2, (second * size[1]) / 2, (third * size[2]) / 2] as const;
        const along = (k: 0 | 1 | 2) =>
          center[k] + offset[0] * axes[0][k] + offset[1] * axes[1][k] + offset[2] * axes[2][k];
        return [along(0), along(1), along(2)];
      }),
    ),
  );
}
