import { combinationCount } from "../random/combinations.ts";
import { roundAnswer } from "../text/roundAnswer.ts";
import { framePairOfRank } from "./framePair.ts";
import { refuseCameraDistance } from "./refuseCameraDistance.ts";
import { streamTask } from "./streamTask.ts";

/**
 * The straight line between the camera's positions in two sampled frames, in metres, one decimal: pairs of frames. Refused
 * where the two are hardly apart or too far (see refuseCameraDistance).
 */
export const cameraDisplacement = streamTask("camera_displacement", ({ stream }) => ({
  count: combinationCount(stream.frames.length, 2),
  ask(index) {
    const { first, second, distance_m, words } = framePairOfRank(index, stream);
    const refusal = refuseCameraDistance(distance_m, [], `The camera's places in ${first.name} and ${second.name}`);
    if (refusal) {
      return { draft: null, refusals: [refusal] };
    }
    const draft = {
      words,
      ground_truth: roundAnswer(distance_m, 1),
      evidence: { object_ids: [], value: distance_m, unit: "m" as const, margin: null },
      frames: [first.name, second.name],
    };
    return { draft, refusals: [] };
  },
}));
