import type { FirstSeen, SampledFrame } from "../sceneFacts.ts";

/** What was seen in one frame of a stream. */
export type VisibleFrame = Pick<SampledFrame, "index" | "time_s" | "visible">;

/**
 * The first frame in which each object is seen with enough pixels. Frames are taken one at a time and let go, so that
 * memory does not grow with the stream.
 *
 * @param frames in the stream's order.
 * @param minimumPixels of the depth image; an object with fewer is not seen in that frame.
 * @returns objects that are seen at all, ordered by time, then object id.
 */
export async function firstSeen(
  frames: Iterable<VisibleFrame> | AsyncIterable<VisibleFrame>,
  minimumPixels: number,
): Promise<FirstSeen[]> {
  const firstByObject = new Map<number, FirstSeen>();
  for await (const { index, time_s, visible } of frames) {
    for (const { object_id, pixels } of visible) {
      if (pixels < minimumPixels || firstByObject.has(object_id)) continue;
      firstByObject.set(object_id, { object_id, index, time_s });
    }
  }
  return [...firstByObject.values()].sort((a, b) => a.time_s - b.time_s || a.object_id - b.object_id);
}
