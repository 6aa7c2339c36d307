/**
 * The extent of bars, which begin at zero: from the lowest value below it to the highest above; 0 to 1 when all are
 * 0.
 */
export function extentFromZero(values: readonly number[]): [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  return low === high ? [0, 1] : [low, high];
}
