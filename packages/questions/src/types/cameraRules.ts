import { at, type QuestionType } from "@vsi/dataset";
import type { Vec3 } from "@vsi/geometry";
import { combinationOfRank } from "../combinations.ts";
import type { Stream, StreamFrame } from "../scene/stream.ts";
import { cameraPoint, gazeOf, NO_MARKS, planLine, planPoint } from "./marks.ts";
import type { Candidates, MarkedQuestion, Marks, Refusal, Task, TaskInput } from "./questionType.ts";

/** What questions about a stream keep to: definitions of VSTI-Bench (VLM-3R, Fan et al., arXiv 2505.20279), but where noted. */
export const STREAM_RULES = {
  /** Seconds by which the first appearances of two categories must differ: more than this (VSI-Bench's generators). */
  smallestAppearanceGap_s: 1,
  /** Metres between two positions of the camera, and from the camera to an object. */
  smallestDistance_m: 0.2,
  largestDistance_m: 10,
  /** Metres that the camera must move, more than this, for its direction to be asked. */
  smallestMovement_m: 1,
  /**
   * Degrees from the movement to where another direction would be the main one; this project's own. Halfway between the
   * middle of a direction and the edge to the next, 45 degrees away, would be 22.5: 15 still lets a camera that looks 30
   * degrees down to the floor, as hand-held ones do, walk forward.
   */
  smallestMargin_degree: 15,
  /** Categories or objects listed in a question (VSI-Bench's wording). */
  listed: 4,
  /** Refusals a scene and type, so that a camera that stood still does not fill the rejects: ten for each of six questions. */
  mostRefused: 60,
} as const;

/** What a task about a stream is made from. */
export interface StreamTaskInput extends TaskInput {
  stream: Stream;
}

/** A task whose candidates are drawn from what a stream shows; it has none without, and gives up after many refusals. */
export function streamTask(type: QuestionType, candidates: (input: StreamTaskInput) => Candidates): Task {
  return {
    type,
    order: "sample",
    candidates(input) {
      const { stream } = input.scene;
      return stream ? { ...candidates({ ...input, stream }), mostRefused: STREAM_RULES.mostRefused } : NO_CANDIDATES;
    },
  };
}

const NO_CANDIDATES: Candidates = { count: 0, ask: () => ({ draft: null, refusals: [] }) };

/**
 * Whether a camera is too close ("camera-too-close") or too far ("camera-too-far") for its distance to be judged by eye.
 *
 * @param distance_m metres.
 * @param objectIds what the refusal names.
 * @param what the two places that are so far apart, for the message: "The camera and the bed".
 */
export function refuseCameraDistance(distance_m: number, objectIds: readonly number[], what: string): Refusal | null {
  const { smallestDistance_m, largestDistance_m } = STREAM_RULES;
  const refuse = (code: string, message: string, limit: number): Refusal => {
    return { code, message, object_ids: [...objectIds], value: distance_m, limit, unit: "m" };
  };
  if (distance_m < smallestDistance_m) {
    return refuse("camera-too-close", `${what} are less than ${smallestDistance_m} m apart.`, smallestDistance_m);
  }
  if (distance_m > largestDistance_m) {
    return refuse("camera-too-far", `${what} are more than ${largestDistance_m} m apart.`, largestDistance_m);
  }
  return null;
}

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
  const pair = combinationOfRank(rank, 2);
  const first = at(frames, at(pair, 0));
  const second = at(frames, at(pair, 1));
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

/** The way from the first of two frames to the second, and where the first looked. */
export function movementMarks([from, to]: MarkedQuestion["frames"], label: string): Marks {
  if (!from || !to) {
    return NO_MARKS;
  }
  const moved = planLine(planPoint(from.position), planPoint(to.position), label, { isArrow: true });
  return { lines: [gazeOf(from), moved], points: [from, to].map(cameraPoint) };
}
