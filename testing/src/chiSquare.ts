/** Pearson's chi-square of counts that should all be equal. */
export function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/**
 * By degrees of freedom: what chi-square exceeds once in a thousand when the counts are fair (any table of quantiles).
 */
export const CHI_SQUARE_999: Readonly<Record<number, number>> = { 1: 10.83, 3: 16.27, 5: 20.52, 23: 49.73 };
