import type { QuestionType } from "@vsi/dataset";
import type { Stream } from "../scene/stream.ts";
import type { Candidates, Refusal, Task, TaskInput } from "./questionType.ts";

/**
 * What questions about a stream keep to: definitions of VSTI-Bench (VLM-3R, Fan et al., arXiv 2505.20279), but where
 * noted.
 */
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
   * middle of a direction and the edge to the next, 45 degrees away, would be 22.5: 15 still lets a camera that looks
   * 30 degrees down to the floor, as hand-held ones do, walk forward.
   */
  smallestMargin_degree: 15,
  /** Categories or objects listed in a question (VSI-Bench's wording). */
  listed: 4,
  /**
   * Refusals per scene and type, so that a camera that stood still does not fill the rejects: ten for each of six
   * questions.
   */
  mostRefused: 60,
} as const;

/** What a task about a stream is made from. */
export interface StreamTaskInput extends TaskInput {
  stream: Stream;
}

/**
 * A task whose candidates are drawn from what a stream shows; it has none without, and gives up after many refusals.
 */
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
 * Whether a camera is too close ("camera-too-close") or too far ("camera-too-far") for its distance to be judged by
 * eye.
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
