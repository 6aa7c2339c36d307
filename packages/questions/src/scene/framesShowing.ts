import type { Stream } from "./stream.ts";

/**
 * The names of the frames that show at least one of the objects, in the order of the stream. A question about no object is
 * about the whole room: all frames.
 */
export function framesShowing(objectIds: readonly number[], { frames }: Stream): string[] {
  return frames
    .filter(({ seen }) => objectIds.length === 0 || objectIds.some((id) => seen.has(id)))
    .map(({ name }) => name);
}
