/** The middle of `values` and their ends; in the values' unit. */
export interface Summary {
  smallest: number;
  median: number;
  largest: number;
}

/** Null without values; of an even number the median is the mean of the middle two. */
export function summaryOf(values: readonly number[]): Summary | null {
  const sorted = Float64Array.from(values).sort();
  const { length } = sorted;
  if (length === 0) return null;
  const middle = Math.floor(length / 2);
  const median = length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { smallest: sorted[0]!, median, largest: sorted[length - 1]! };
}
