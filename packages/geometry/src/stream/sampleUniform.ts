/**
 * `count` frames spread evenly over those that may be taken, the first and the last among them; one alone is the middle one.
 *
 * @param indices Numbers of the frames that may be taken (those with a valid pose), increasing.
 * @param count A whole number, 0 or more.
 * @returns Increasing, none twice; all of them when there are no more than `count`.
 */
export function sampleUniform(indices: readonly number[], count: number): number[] {
  if (indices.length <= count) return [...indices];
  if (count === 1) return [indices[Math.floor((indices.length - 1) / 2)]];
  // More frames than places: neighbours are at least one apart, so rounding makes no doubles.
  return Array.from({ length: count }, (_, place) => indices[Math.round((place * (indices.length - 1)) / (count - 1))]);
}
