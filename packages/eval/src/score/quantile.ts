/**
 * The value below which a share of sorted values lies, in a straight line between the two neighbours (numpy's default, type 7 of Hyndman and
 * Fan, 1996).
 * @param sorted ascending, at least one value.
 * @param share in 0 to 1.
 */
export function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}
