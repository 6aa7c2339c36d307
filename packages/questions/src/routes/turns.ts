import { at } from "@vsi/dataset/internal";
import type { SceneObject, Vec3 } from "@vsi/geometry";
import { type DirectionSectors, edgeMargin, sectorWord, sectorWords, signedAngle } from "../scene/directions.ts";
import type { FloorPoint } from "./freeFloor.ts";

/** A straight walk from where one stands at one object to where one stands at another. */
export interface Leg {
  from: SceneObject;
  to: SceneObject;
  /** Points of the same array are the same place: legs that follow each other share it. */
  begin: FloorPoint;
  end: FloorPoint;
  length_m: number;
}

/** The word of a turn by 135 degrees or more. */
export const BACK = "Turn Back";

/** The turns' words in VSI-Bench's options: back from 135 degrees, as in its medium directions; ahead is no turn. */
export const TURN_SECTORS: DirectionSectors = [
  { until: 45, left: "ahead", right: "ahead" },
  { until: 135, left: "Turn Left", right: "Turn Right" },
  { until: 180, left: BACK, right: BACK },
];

/** The words of turns that a route may have. */
export const TURN_WORDS = sectorWords(TURN_SECTORS).filter((word) => word !== "ahead");

/** The turns to one's sides: left and right. */
export const SIDES = TURN_WORDS.filter((word) => word !== BACK);

/** How a list of turns is written as an answer: "Turn Left, Turn Right". */
export function turnList(turns: readonly string[]): string {
  return turns.join(", ");
}

/** The `rank`-th of all lists of `length` turns, 0 to 3 ** length - 1: the rank's digits to the base of three. */
export function turnsOfRank(rank: number, length: number): string[] {
  const { length: base } = TURN_WORDS;
  return Array.from({ length }, (_, place) => at(TURN_WORDS, Math.floor(rank / base ** place) % base));
}

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
