import type { StreamFrame } from "./frameStream.ts";

/** ScanNet's camera takes 30 frames a second (Dai et al., ScanNet, 2017, section 3). */
const framesPerSecond = 30;
const microsecondsPerSecond = 1e6;
/** 10 s: a recording goes on without a break, and drops single frames; times that jump further are no clock's. */
const longestGap = 10;
/** 5 ms to 200 ms: 200 to 5 frames a second. Outside, the times are in another unit than microseconds, or random. */
const meanGap = { shortest: 0.005, longest: 0.2 };

/**
 * Seconds of each frame since the first one. The times as written are used when all of them are good: none missing, each later than the
 * one before by at most 10 s, on average 5 to 200 ms a frame number (microseconds, as ScanNet writes). Otherwise (0, not increasing,
 * random: all known from the release) every frame's time is its number at 30 frames a second: half a clock is none.
 *
 * @param frames Ordered by index.
 */
export function frameTimes(frames: readonly Pick<StreamFrame, "index" | "timeColor">[]): Float64Array {
  return writtenTimes(frames) ?? Float64Array.from(frames, ({ index }) => (index - frames[0].index) / framesPerSecond);
}

function writtenTimes(frames: readonly Pick<StreamFrame, "index" | "timeColor">[]): Float64Array | null {
  const times = new Float64Array(frames.length);
  for (let position = 0; position < frames.length; position++) {
    const [first, now] = [frames[0].timeColor, frames[position].timeColor];
    if (first === null || now === null) return null;
    times[position] = (now - first) / microsecondsPerSecond;
    if (position === 0) continue;
    const gap = times[position] - times[position - 1];
    const skipped = frames[position].index - frames[position - 1].index;
    if (!(gap > 0 && gap <= longestGap * skipped)) return null;
  }
  if (frames.length < 2) return times;
  const mean = times[times.length - 1] / (frames[frames.length - 1].index - frames[0].index);
  return mean >= meanGap.shortest && mean <= meanGap.longest ? times : null;
}
