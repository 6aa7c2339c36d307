import type { SampledFrame } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import type { StreamFrame } from "./frames.ts";

/**
 * Every `step`-th frame of those that may be taken, from the first on.
 *
 * @param indices Numbers of the frames that may be taken (those with a valid pose), increasing.
 * @param step A whole number, 1 or more.
 */
export function sampleEvery(indices: readonly number[], step: number): number[] {
  return indices.filter((_, position) => position % step === 0);
}

/** A frame that may be taken, and what it shows. */
export type CoverageCandidate = Pick<SampledFrame, "index" | "visible">;

/**
 * The frames that together show the most objects: greedily, the frame that shows the most objects not shown yet, the
 * earliest of equals (greedy set cover, at least 63 % of the best possible: Nemhauser, Wolsey and Fisher, 1978). When
 * all are shown, the places left are filled one after the other with the frame furthest from those taken, so that they
 * spread evenly.
 *
 * @param candidates Ordered by index, none twice.
 * @param count How many frames, 0 or more.
 * @param minimumPixels Visible pixels from which a frame counts as showing an object.
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
    const objects = [...at(shown, newest)];
    for (const others of shown) for (const object of objects) others.delete(object);
  }
  fillEvenly(
    candidates.map(({ index }) => index),
    count,
    taken,
  );
  return [...taken].sort((first, second) => first - second).map((position) => at(candidates, position).index);
}

function fillEvenly(indices: readonly number[], count: number, taken: Set<number>): void {
  if (indices.length === 0 || count === 0) return;
  const gaps = indices.map((index) =>
    Math.min(Number.POSITIVE_INFINITY, ...[...taken].map((position) => Math.abs(index - at(indices, position)))),
  );
  while (taken.size < count) {
    const furthest = positionOfMost(gaps);
    if (furthest === null) return;
    taken.add(furthest);
    for (const [position, index] of indices.entries()) {
      gaps[position] = Math.min(at(gaps, position), Math.abs(index - at(indices, furthest)));
    }
  }
}

/** Where the largest number over 0 stands, the first of equals; null where none is. */
function positionOfMost(numbers: readonly number[]): number | null {
  const most = Math.max(0, ...numbers);
  return most === 0 ? null : numbers.indexOf(most);
}

/** ScanNet's camera takes 30 frames a second (Dai et al., ScanNet, 2017, section 3). */
const FRAMES_PER_SECOND = 30;
const MICROSECONDS_PER_SECOND = 1e6;

/** 10 s: a recording goes on without a break, and drops single frames; times that jump further are no clock's. */
const LONGEST_GAP = 10;

/** 5 ms to 200 ms: 200 to 5 frames a second. Outside, the times are in another unit than microseconds, or random. */
const MEAN_GAP = { shortest: 0.005, longest: 0.2 };

/**
 * Seconds of each frame since the first one. The times as written are used when all of them are good: none missing,
 * each later than the one before by at most 10 s, on average 5 to 200 ms a frame number (microseconds, as ScanNet
 * writes). Otherwise (0, not increasing, random: all known from the release) every frame's time is its number at 30
 * frames a second: a partly valid clock is unusable.
 *
 * @param frames Ordered by index.
 */
export function frameTimes(frames: readonly Pick<StreamFrame, "index" | "timeColor">[]): Float64Array {
  const first = frames[0]?.index ?? 0;
  return writtenTimes(frames) ?? Float64Array.from(frames, ({ index }) => (index - first) / FRAMES_PER_SECOND);
}

function writtenTimes(frames: readonly Pick<StreamFrame, "index" | "timeColor">[]): Float64Array | null {
  const times = new Float64Array(frames.length);
  const [first] = frames;
  if (first === undefined) return times;
  let before = { index: first.index, time: 0 };
  for (const [position, { index, timeColor }] of frames.entries()) {
    if (first.timeColor === null || timeColor === null) return null;
    const time = (timeColor - first.timeColor) / MICROSECONDS_PER_SECOND;
    times[position] = time;
    if (position === 0) continue;
    const gap = time - before.time;
    if (!(gap > 0 && gap <= LONGEST_GAP * (index - before.index))) return null;
    before = { index, time };
  }
  if (frames.length < 2) return times;
  const mean = before.time / (before.index - first.index);
  return mean >= MEAN_GAP.shortest && mean <= MEAN_GAP.longest ? times : null;
}
