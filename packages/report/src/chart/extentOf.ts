/** The smallest and the largest of the values, widened when they are one; values must not be empty. */
export function extentOf(values: Iterable<number>, axis: "linear" | "logarithmic" = "linear"): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low < high) return [low, high];
  if (axis === "logarithmic") return [low / 2, high * 2];
  const margin = Math.abs(low) / 2 || 1;
  return [low - margin, high + margin];
}
