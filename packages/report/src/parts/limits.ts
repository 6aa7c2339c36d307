import { drawWithoutRepetition, randomStream } from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import { formatNumber } from "../text.ts";

/** Which of many groups a chart shows, and which it merges: indexes, both in their original order. */
interface KeptGroups {
  kept: number[];
  merged: number[];
}

/**
 * The `limit` groups of largest weight; of equal ones the first. When groups must be merged, one place of the limit is
 * theirs.
 */
export function keepLargest(weights: readonly number[], limit: number): KeptGroups {
  const all = weights.map((_, index) => index);
  if (all.length <= limit) return { kept: all, merged: [] };
  const byWeight = [...weights.entries()].sort(([a, one], [b, other]) => other - one || a - b);
  const isKept = new Set(byWeight.slice(0, limit - 1).map(([index]) => index));
  return { kept: all.filter((index) => isKept.has(index)), merged: all.filter((index) => !isKept.has(index)) };
}

/** Beyond this the width of an axis in doubles, and with it the place of every mark, is lost. */
const LARGEST_PLOTTED = 1e100;

/** Below this a number is drawn as zero: an axis between smaller ones has no ticks. */
const SMALLEST_PLOTTED = 1e-100;

/** Sorts out numbers that no axis can show, and counts them for the subtitle. */
export interface LeftOut {
  /** The number as it is plotted; null when it can't be. On a logarithmic axis only numbers above zero can be. */
  keep(value: number, axis: "linear" | "logarithmic"): number | null;
  /** Lines for the subtitle: "3 values are not finite". */
  notes(): string[];
}

export function countLeftOut(): LeftOut {
  let notFinite = 0;
  let tooLarge = 0;
  let notPositive = 0;
  return {
    keep(value, axis) {
      if (!Number.isFinite(value)) notFinite += 1;
      else if (Math.abs(value) > LARGEST_PLOTTED) tooLarge += 1;
      else if (axis === "logarithmic" && value < SMALLEST_PLOTTED) notPositive += 1;
      else return Math.abs(value) < SMALLEST_PLOTTED ? 0 : value;
      return null;
    },
    notes() {
      return [
        ...note(notFinite, "not finite"),
        ...note(tooLarge, `beyond ${LARGEST_PLOTTED}`),
        ...note(notPositive, "zero or below, which a logarithmic axis can't show"),
      ];
    },
  };
}

function note(count: number, what: string): string[] {
  return count === 0 ? [] : [`${countOf(count, "value")} ${count === 1 ? "is" : "are"} ${what}`];
}

/** The label of what was merged. */
export function othersLabel(merged: number): string {
  return `others (${formatNumber(merged)})`;
}

const PLURALS = { category: "categories", row: "rows", column: "columns", group: "groups", series: "series" } as const;

/** The subtitle's line when groups were merged: "39 of 1,000 categories shown, the others as their sum". */
export function groupsNote(
  total: number,
  merged: number,
  noun: keyof typeof PLURALS,
  mergedAs: "sum" | "mean" | "one",
): string[] {
  if (merged === 0) return [];
  const others = mergedAs === "one" ? "the others in one colour" : `the others as their ${mergedAs}`;
  return [`${formatNumber(total - merged)} of ${formatNumber(total)} ${PLURALS[noun]} shown, ${others}`];
}

/** `limit` of the points, drawn at random and always the same, in their order; all of them when there are no more. */
export function samplePoints<Point>(points: readonly Point[], limit: number): readonly Point[] {
  if (points.length <= limit) return points;
  const draws = drawWithoutRepetition(randomStream(["chart points"]), points.length);
  const drawn = new Set<number>();
  while (drawn.size < limit) drawn.add(draws.next().value ?? 0);
  return points.filter((_, index) => drawn.has(index));
}

/**
 * At most `limit` (even) of a line's points, sorted by x: of each of limit / 2 equal stretches the lowest and the
 * highest one, so that no spike is lost.
 */
export function thinLine<Point extends { x: number; y: number }>(
  points: readonly Point[],
  limit: number,
): readonly Point[] {
  if (points.length <= limit) return points;
  const stretches = limit / 2;
  return Array.from({ length: stretches }, (_, index) => {
    const first = Math.floor((index * points.length) / stretches);
    const end = Math.floor(((index + 1) * points.length) / stretches);
    const stretch = points.slice(first, end);
    const lowest = stretch.reduce((least, point) => (point.y < least.y ? point : least));
    const highest = stretch.reduce((most, point) => (point.y > most.y ? point : most));
    return stretch.filter((point) => point === lowest || point === highest);
  }).flat();
}
