import type { Scene } from "../scene/scene.ts";
import type { Stream } from "../scene/stream.ts";

/** When a category is first seen. */
export interface CategoryAppearance {
  label: string;
  /** The instance that the stream shows first; the lower id of several at once. */
  object_id: number;
  /** Seconds since the stream's first frame, over all frames of the stream. */
  time_s: number;
  /** The first sampled frame that shows any instance. */
  frame: { name: string; number: number };
}

/**
 * The first appearance of every category that both the stream and its sampled frames show, in the order of the scene's
 * labels; none where not every frame was looked at.
 */
export function categoryAppearances({ objectsByLabel }: Scene, { frames, firstSeen_s }: Stream): CategoryAppearance[] {
  return [...objectsByLabel].flatMap(([label, objects]) => {
    const appearances = objects.flatMap(({ id }) => {
      const time_s = firstSeen_s?.get(id);
      return time_s === undefined ? [] : [{ object_id: id, time_s }];
    });
    const frame = frames.find(({ seen }) => objects.some(({ id }) => seen.has(id)));
    if (!frame || appearances.length === 0) {
      return [];
    }
    const earliest = appearances.reduce((first, other) => (other.time_s < first.time_s ? other : first));
    return [{ label, ...earliest, frame }];
  });
}
