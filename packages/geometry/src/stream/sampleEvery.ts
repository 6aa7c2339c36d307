/**
 * Every `step`-th frame of those that may be taken, from the first on.
 *
 * @param indices Numbers of the frames that may be taken (those with a valid pose), increasing.
 * @param step A whole number, 1 or more.
 */
export function sampleEvery(indices: readonly number[], step: number): number[] {
  return indices.filter((_, position) => position % step === 0);
}
