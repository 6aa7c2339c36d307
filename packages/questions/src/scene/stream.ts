import { at } from "@vsi/dataset/internal";
import type { CameraFacts, SampledFrame, Vec3 } from "@vsi/geometry";

/** One sampled frame as question types look at it; metres, axis-aligned, +Z up. */
export interface StreamFrame {
  name: string;
  /** Its place among the sampled frames, counted from 1: what questions call it. */
  number: number;
  /** Where the camera was. */
  position: Vec3;
  /** Unit vectors to the camera's right, down and forward. */
  axes: readonly [right: Vec3, down: Vec3, forward: Vec3];
  /** Ids of the objects that the frame shows. */
  seen: ReadonlySet<number>;
  /** By object id, metres to the closest vertex of what the frame shows; empty where the facts do not tell. */
  distances_m: ReadonlyMap<number, number>;
}

/** What a scan's sampled frames show. */
export interface Stream {
  /** In the order of the stream. */
  frames: readonly StreamFrame[];
  /** Ids of the objects that at least one of the frames shows. */
  seen: ReadonlySet<number>;
  /** By object id, the seconds at which it is first seen over all frames; null when not every frame was looked at. */
  firstSeen_s: ReadonlyMap<number, number> | null;
  /**
   * By object id, the seconds from which on damaged frames may have shown it; only objects with such frames before
   * firstSeen_s.
   */
  earliestSeen_s: ReadonlyMap<number, number>;
}

/**
 * The camera's facts as question types look at them.
 *
 * @param minVisiblePixels an object counts as seen in a frame from this number of pixels of the depth image.
 */
export function streamOf({ frames, first_seen }: CameraFacts, minVisiblePixels: number): Stream {
  const streamFrames = frames.map((frame, index) => streamFrameOf(frame, index + 1, minVisiblePixels));
  return {
    frames: streamFrames,
    seen: new Set(streamFrames.flatMap(({ seen }) => [...seen])),
    firstSeen_s: first_seen && new Map(first_seen.map(({ object_id, time_s }) => [object_id, time_s])),
    earliestSeen_s: new Map(
      first_seen?.flatMap(({ object_id, earliest_s }) => (earliest_s === undefined ? [] : [[object_id, earliest_s]])),
    ),
  };
}

function streamFrameOf(frame: SampledFrame, number: number, minVisiblePixels: number): StreamFrame {
  const pose = frame.camera_to_world;
  const column = (index: number): Vec3 => [at(pose, index), at(pose, 4 + index), at(pose, 8 + index)];
  return {
    name: frame.name,
    number,
    position: column(3),
    axes: [column(0), column(1), column(2)],
    seen: new Set(frame.visible.filter(({ pixels }) => pixels >= minVisiblePixels).map(({ object_id }) => object_id)),
    distances_m: new Map(
      frame.visible.flatMap(({ object_id, distance_m }) => (distance_m === undefined ? [] : [[object_id, distance_m]])),
    ),
  };
}

/**
 * The names of the frames that show at least one of the objects, in the order of the stream. A question about no object
 * is about the whole room: all frames.
 */
export function framesShowing(objectIds: readonly number[], { frames }: Stream): string[] {
  return frames
    .filter(({ seen }) => objectIds.length === 0 || objectIds.some((id) => seen.has(id)))
    .map(({ name }) => name);
}
