import { at } from "./at.ts";
import { checkArguments, LIST, WHOLE } from "./kinds.ts";

/**
 * The middle value by size, of an even number the mean of the two in the middle: one outlier does not move it.
 *
 * @throws RangeError without values.
 */
export function median(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError("median: got no values, expected at least one.");
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? at(sorted, middle) : (at(sorted, middle - 1) + at(sorted, middle)) / 2;
}

/**
 * The value below which a share of sorted values lies, in a straight line between the two neighbours (numpy's default,
 * type 7 of Hyndman and Fan, 1996).
 *
 * @param sorted ascending, at least one value.
 * @param share in 0 to 1.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = at(sorted, below);
  const high = at(sorted, Math.min(below + 1, sorted.length - 1));
  return low + (high - low) * (place - below);
}

/**
 * `count` items spread evenly over a list, the first and the last among them; one alone is the middle one. A stream's
 * frames are sampled so, and fewer of a dataset's frames are those that the stream would have given.
 *
 * @param count a whole number, 0 or more.
 * @returns in the list's order, none twice; all of a list of no more than `count`.
 *
 * @example
 * ```js
 * import { sampleEvenly } from "@vsi/dataset";
 *
 * console.log(sampleEvenly(["000000.jpg", "000010.jpg", "000020.jpg", "000030.jpg", "000040.jpg"], 3).join(" ")); // 000000.jpg 000020.jpg 000040.jpg
 * ```
 */
export function sampleEvenly<Item>(items: readonly Item[], count: number): Item[] {
  checkArguments("sampleEvenly", { items: [items, LIST], count: [count, WHOLE] });
  if (items.length <= count) return [...items];
  if (count === 1) return [at(items, Math.floor((items.length - 1) / 2))];
  // More items than places: neighbours are at least one apart, so rounding makes no doubles.
  return Array.from({ length: count }, (_, place) => at(items, Math.round((place * (items.length - 1)) / (count - 1))));
}
