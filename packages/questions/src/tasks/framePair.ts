import type { Vec3 } from "@vsi/geometry";
import { combinationOfRank } from "../random/combinations.ts";
import type { Stream, StreamFrame } from "../scene/stream.ts";

/** Two sampled frames, the earlier first. */
export interface FramePair {
  first: StreamFrame;
  second: StreamFrame;
  /** From the first camera's position to the second's: metres, axis-aligned, +Z up. */
  movement: Vec3;
  /** The straight line between the two, metres. */
  distance_m: number;
  /** As the templates name them: {first: "3", second: "17", count: "32"}. */
  words: { first: string; second: string; count: string };
}

/** Pair `rank` of the frames, 0 to combinationCount(frames, 2) - 1. */
export function framePairOfRank(rank: number, { frames }: Stream): FramePair {
  const [one, other] = combinationOfRank(rank, 2);
  const first = frames[one!]!;
  const second = frames[other!]!;
  const [x, y, z] = first.position;
  const movement: Vec3 = [second.position[0] - x, second.position[1] - y, second.position[2] - z];
  return {
    first,
    second,
    movement,
    distance_m: Math.hypot(...movement),
    words: { first: String(first.number), second: String(second.number), count: String(frames.length) },
  };
}
