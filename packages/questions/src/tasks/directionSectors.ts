/** A part of the way from straight ahead to straight behind, with its words on either side. */
export interface DirectionBand {
  /** Degrees from straight ahead at which the band ends; the end belongs to the next band, 180 to the last. */
  until: number;
  left: string;
  right: string;
}

/** The sectors around someone who faces an object, mirrored about straight ahead; the last band ends at 180. */
export type DirectionSectors = readonly DirectionBand[];

/** VSI-Bench, easy: left and right, which meet at 0 and 180 degrees. */
const EASY_SECTORS: DirectionSectors = [{ until: 180, left: "left", right: "right" }];

/** VSI-Bench, medium: back from 135 degrees on either side; 180 lies inside it and is no edge. */
const MEDIUM_SECTORS: DirectionSectors = [
  { until: 135, left: "left", right: "right" },
  { until: 180, left: "back", right: "back" },
];

/** VSI-Bench, hard: the four quadrants. */
const HARD_SECTORS: DirectionSectors = [
  { until: 90, left: "front-left", right: "front-right" },
  { until: 180, left: "back-left", right: "back-right" },
];

/** The sectors of each type of direction question. */
export const DIRECTION_SECTORS = {
  object_rel_direction_easy: EASY_SECTORS,
  object_rel_direction_medium: MEDIUM_SECTORS,
  object_rel_direction_hard: HARD_SECTORS,
} as const;

/** The types of direction questions. */
export type DirectionType = keyof typeof DIRECTION_SECTORS;

/**
 * The word of the sector that an angle lies in.
 *
 * @param angle degrees, over -180 to 180, counter-clockwise (left) positive; 0 counts as right.
 */
export function sectorWord(angle: number, sectors: DirectionSectors): string {
  const band = sectors.find(({ until }) => Math.abs(angle) < until) ?? sectors.at(-1)!;
  return angle > 0 ? band.left : band.right;
}

/** The words of all sectors, each once. */
export function sectorWords(sectors: DirectionSectors): string[] {
  return [...new Set(sectors.flatMap(({ left, right }) => [left, right]))];
}

/** Degrees from an angle to the nearest edge at which the word becomes another: both edges of a sector count. */
export function edgeMargin(angle: number, sectors: DirectionSectors): number {
  const turn = Math.abs(angle);
  return Math.min(...sectorEdges(sectors).map((edge) => Math.abs(turn - edge)));
}

/** Degrees from straight ahead, the same on both sides. */
function sectorEdges(sectors: DirectionSectors): number[] {
  const ends = sectors.slice(0, -1).map(({ until }) => until);
  const isEdge = (band: DirectionBand) => band.left !== band.right;
  return [...(isEdge(sectors[0]!) ? [0] : []), ...ends, ...(isEdge(sectors.at(-1)!) ? [180] : [])];
}
