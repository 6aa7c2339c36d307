/**
 * The words and numbers that options take, and their defaults, without the code that makes questions: a command's help
 * needs no more.
 */
import type { ProtocolName } from "@vsi/dataset";

export { TARGET_NAMES, type TargetName } from "./targets.ts";

/**
 * Who chooses the questions.
 * - `careful`: what a person who sees the video would sign, and the words do not give away.
 * - `published`: the rules that VSI-Bench's published questions really follow.
 * - `paper`: the papers' and their generators' literal recipe.
 */
export const RULES_NAMES = ["careful", "published", "paper"] as const;

/** One of RULES_NAMES. */
export type RulesName = (typeof RULES_NAMES)[number];

/** Which of an object's names questions use: the annotation's own word, or the one that synonyms and plurals share. */
export const LABEL_KINDS = ["raw", "canonical"] as const;

/** One of LABEL_KINDS. */
export type LabelKind = (typeof LABEL_KINDS)[number];

/**
 * What "the distance between two objects" means.
 * - `surface`: between their closest vertices; needs `facts.surface_distances`.
 * - `box`: between their solid oriented boxes, 0 when these overlap.
 * - `sampled`: between points sampled on their boxes, as VSI-Bench's scripts did; reproduces its published answers.
 * - `centroid`: between the means of their vertices (VSI-100k).
 */
export const DISTANCE_KINDS = ["surface", "box", "sampled", "centroid"] as const;

/** One of DISTANCE_KINDS. */
export type DistanceKind = (typeof DISTANCE_KINDS)[number];

/**
 * Whether the rules balance answers, unless an option says otherwise.
 *
 * @example
 * ```js
 * import { isBalancedBy } from "@vsi/questions/choices";
 *
 * console.log(isBalancedBy("careful"), isBalancedBy("paper")); // true false
 * ```
 */
export function isBalancedBy(rules: RulesName): boolean {
  return rules === "careful";
}

/** The defaults that no protocol decides. */
export const DEFAULT_CHOICES = {
  protocol: "vsi-100k" as ProtocolName,
  // What users who name none get.
  rules: "careful" as RulesName,
  seed: 0 as number,
  thinSizes: false as boolean,
  // What an object of 10 cm covers 8 m away in ScanNet's depth images (640 x 480, focal length 577 pixels), 7 x 7.
  // VLM-3R's generator takes one mask pixel for an appearance; that is what an object's edge leaves behind a door
  // frame.
  minVisiblePixels: 50 as number,
  countVisible: false as boolean,
};
