import type { SampledFrame } from "../sceneFacts.ts";

/** A frame that may be taken, and what it shows. */
export type CoverageCandidate = Pick<SampledFrame, "index" | "visible">;

/**
 * The frames that together show the most objects: again and again the frame that shows the most objects not shown yet, the earliest of
 * equals (greedy set cover, at least 63 % of the best possible: Nemhauser, Wolsey and Fisher, 1978). When all are shown, the places
 * left are filled one after the other with the frame furthest from those taken, so that they spread evenly.
 *
 * @param candidates Ordered by index, none twice.
 * @param count How many frames, 0 or more.
 * @param minimumPixels A frame shows an object with so many visible pixels or more.
 * @returns Frame numbers, increasing, none twice; all of them when there are no more than `count`.
 */
export function sampleCoverage(
  candidates: readonly CoverageCandidate[],
  count: number,
  minimumPixels: number,
): number[] {
  const shown = candidates.map(
    ({ visible }) => new Set(visible.filter(({ pixels }) => pixels >= minimumPixels).map(({ object_id }) => object_id)),
  );
  const taken = new Set<number>();
  while (taken.size < Math.min(count, candidates.length)) {
    const newest = positionOfMost(shown.map((objects) => objects.size));
    if (newest === null) break;
    taken.add(newest);
    const objects = [...shown[newest]];
    for (const others of shown) for (const object of objects) others.delete(object);
  }
  fillEvenly(
    candidates.map(({ index }) => index),
    count,
    taken,
  );
  return [...taken].sort((first, second) => first - second).map((position) => candidates[position].index);
}

function fillEvenly(indices: readonly number[], count: number, taken: Set<number>): void {
  if (indices.length === 0 || count === 0) return;
  const gaps = indices.map((index) =>
    Math.min(Number.POSITIVE_INFINITY, ...[...taken].map((position) => Math.abs(index - indices[position]))),
  );
  while (taken.size < count) {
    const furthest = positionOfMost(gaps);
    if (furthest === null) return;
    taken.add(furthest);
    for (const [position, index] of indices.entries()) {
      gaps[position] = Math.min(gaps[position], Math.abs(index - indices[furthest]));
    }
  }
}

/** Where the largest number over 0 stands, the first of equals; null where none is. */
function positionOfMost(numbers: readonly number[]): number | null {
  let most: number | null = null;
  for (const [position, number] of numbers.entries()) if (number > (most === null ? 0 : numbers[most])) most = position;
  return most;
}
