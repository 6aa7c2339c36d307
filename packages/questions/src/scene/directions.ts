import { at } from "@vsi/dataset/internal";
import type { Vec3 } from "@vsi/geometry";
import { remembered } from "../remembered.ts";

/** Distance of two points on the floor plane (x, y), metres; height does not count. */
export function floorDistance(a: Vec3, b: Vec3): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/**
 * For someone at `positioning` who faces `orienting`, by how much to turn to face `querying`: degrees on the floor
 * plane (+Z up), over -180 to 180, counter-clockwise positive, so that positive is left. VSI-Bench's rule; it agrees
 * with all 343 published answers on ScanNet. 0 when one of the directions has no length.
 */
export function signedAngle(positioning: Vec3, orienting: Vec3, querying: Vec3): number {
  const facingX = orienting[0] - positioning[0];
  const facingY = orienting[1] - positioning[1];
  const wantedX = querying[0] - positioning[0];
  const wantedY = querying[1] - positioning[1];
  const cross = facingX * wantedY - facingY * wantedX;
  const dot = facingX * wantedX + facingY * wantedY;
  // Adding 0 turns -0 into 0: straight behind is 180, never -180.
  return (Math.atan2(cross + 0, dot) * 180) / Math.PI;
}

/** A part of the way from straight ahead to straight behind, with its words on either side. */
export interface DirectionBand {
  /** Degrees from straight ahead at which the band ends; the end belongs to the next band, 180 to the last. */
  until: number;
  left: string;
  right: string;
}

/** The sectors around someone who faces an object, mirrored about straight ahead; the last band ends at 180. */
export type DirectionSectors = readonly DirectionBand[];

/**
 * The word of the sector that an angle lies in.
 *
 * @param angle degrees, over -180 to 180, counter-clockwise (left) positive; 0 counts as right.
 */
export function sectorWord(angle: number, sectors: DirectionSectors): string {
  const turn = Math.abs(angle);
  let word = "";
  for (const { until, left, right } of sectors) {
    word = angle > 0 ? left : right;
    if (turn < until) break;
  }
  return word;
}

/** The words of all sectors, each once. */
export function sectorWords(sectors: DirectionSectors): string[] {
  return [...new Set(sectors.flatMap(({ left, right }) => [left, right]))];
}

/** Degrees from an angle to the nearest edge at which the word becomes another: both edges of a sector count. */
export function edgeMargin(angle: number, sectors: DirectionSectors): number {
  const turn = Math.abs(angle);
  let margin = Number.POSITIVE_INFINITY;
  for (const edge of remembered(EDGES, sectors, () => sectorEdges(sectors))) {
    margin = Math.min(margin, Math.abs(turn - edge));
  }
  return margin;
}

const EDGES = new WeakMap<DirectionSectors, readonly number[]>();

/** Degrees from straight ahead, the same on both sides. */
function sectorEdges(sectors: DirectionSectors): number[] {
  const ends = sectors.slice(0, -1).map(({ until }) => until);
  const isEdge = (band: DirectionBand) => band.left !== band.right;
  return [...(isEdge(at(sectors, 0)) ? [0] : []), ...ends, ...(isEdge(at(sectors, sectors.length - 1)) ? [180] : [])];
}
