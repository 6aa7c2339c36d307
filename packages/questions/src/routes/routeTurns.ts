import { type DirectionSectors, sectorWords } from "../tasks/directionSectors.ts";

/** The turns' words in VSI-Bench's options: back from 135 degrees, as in its medium directions; ahead is no turn. */
export const TURN_SECTORS: DirectionSectors = [
  { until: 45, left: "ahead", right: "ahead" },
  { until: 135, left: "Turn Left", right: "Turn Right" },
  { until: 180, left: "Turn Back", right: "Turn Back" },
];

/** The words of turns that a route may have. */
export const TURN_WORDS = sectorWords(TURN_SECTORS).filter((word) => word !== "ahead");

/** How a list of turns is written as an answer: "Turn Left, Turn Right". */
export function turnList(turns: readonly string[]): string {
  return turns.join(", ");
}

/** The `rank`-th of all lists of `length` turns, 0 to 3 ** length - 1: the rank's digits to the base of three. */
export function turnsOfRank(rank: number, length: number): string[] {
  const { length: base } = TURN_WORDS;
  return Array.from({ length }, (_, place) => TURN_WORDS[Math.floor(rank / base ** place) % base]!);
}
