/**
 * At most `count` of a question's frames, spread evenly, the first and the last among them; one alone is the middle one.
 * The rule by which vsi-build samples a stream, so that fewer frames of a dataset are those it would have sampled.
 *
 * @param count a whole number of at least 1.
 */
export function chooseFrames(frames: readonly string[], count: number): string[] {
  if (frames.length <= count) return [...frames];
  if (count === 1) return [frames[Math.floor((frames.length - 1) / 2)]!];
  // More frames than places: neighbours are at least one apart, so rounding makes no doubles.
  return Array.from({ length: count }, (_, place) => frames[Math.round((place * (frames.length - 1)) / (count - 1))]!);
}
