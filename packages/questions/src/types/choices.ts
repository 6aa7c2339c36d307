import { at } from "@vsi/dataset/internal";
import type { ProtocolRules, Refusal } from "./questionType.ts";
import { type ValidSets, validSets } from "./validSets.ts";

/** The template's places of the four objects that a question lists to choose from (VSI-Bench's wording). */
export const LISTED_PLACES = ["a", "b", "c", "d"] as const;

/** The listed names by their places: {a: "sofa", b: "lamp", c: "bed", d: "tv"}. */
export function listedWords(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(LISTED_PLACES.map((place, index) => [place, at(names, index)]));
}

/**
 * Any number of names by their places, from "a" on: what fills a template that lists so many. Of more than there are
 * letters none does.
 */
export function namesByPlace(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [String.fromCharCode("a".charCodeAt(0) + index), name]));
}

/** The names in the places "a", "b" and so on, as far as there are any: namesByPlace backwards. */
export function listedNames(words: Readonly<Record<string, string>>): string[] {
  return LISTED_PLACES.map((place) => words[place]).filter((name) => name !== undefined);
}

/** Something to choose, and how far it is. */
export interface ChoiceDistance {
  label: string;
  distance_m: number;
}

/**
 * Whether two distances are too much alike to tell the smaller: "nearest-too-close" where the two nearest differ by
 * less than the protocol's gap, "distances-too-close" where two others do and the protocol looks at all gaps.
 *
 * @param byDistance at least two, the nearest first.
 * @param target what the distances are measured to, for the message.
 */
export function refuseGaps(
  byDistance: readonly ChoiceDistance[],
  target: string,
  roomArea_m2: number,
  { relativeDistance }: Pick<ProtocolRules, "relativeDistance">,
): Omit<Refusal, "object_ids"> | null {
  const { gaps } = relativeDistance;
  const limit = smallestGap(roomArea_m2, relativeDistance);
  const pairs = byDistance.slice(1).map((farther, index) => ({ nearer: at(byDistance, index), farther }));
  for (const [index, { nearer, farther }] of (gaps === "all" ? pairs : pairs.slice(0, 1)).entries()) {
    const gap_m = farther.distance_m - nearer.distance_m;
    if (gap_m < limit || (gaps === "all" && gap_m === limit)) {
      const names = `${nearer.label} and ${farther.label}`;
      const [code, pair] =
        index === 0 ? (["nearest-too-close", "the two nearest, "] as const) : (["distances-too-close", ""] as const);
      const message = `The distances of ${pair}${names}, to the ${target} differ by less than ${limit} m.`;
      return { code, message, value: gap_m, limit, unit: "m" };
    }
  }
  return null;
}

/** The sets of four whose distances the protocol lets apart. @param distances_m NaN for what is no choice. */
export function clearSets(
  distances_m: readonly number[],
  roomArea_m2: number,
  { relativeDistance }: Pick<ProtocolRules, "relativeDistance">,
  nearest: { smallest_m: number; largest_m: number },
): ValidSets {
  return validSets(distances_m, {
    size: LISTED_PLACES.length,
    ...nearest,
    gap_m: smallestGap(roomArea_m2, relativeDistance),
    allGaps: relativeDistance.gaps === "all",
  });
}

/** Positions in a large room are seen from farther away, so VSI-Bench asks for a larger gap there. */
function smallestGap(roomArea_m2: number, rules: ProtocolRules["relativeDistance"]): number {
  return roomArea_m2 > rules.largeRoom_m2 ? rules.smallestGapInLargeRoom_m : rules.smallestGap_m;
}
