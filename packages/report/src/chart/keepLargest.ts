/** Which of many groups a chart shows, and which it merges: indexes, both in their original order. */
export interface KeptGroups {
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
  const byWeight = [...all].sort((a, b) => weights[b] - weights[a] || a - b);
  const isKept = new Set(byWeight.slice(0, limit - 1));
  return { kept: all.filter((index) => isKept.has(index)), merged: all.filter((index) => !isKept.has(index)) };
}
