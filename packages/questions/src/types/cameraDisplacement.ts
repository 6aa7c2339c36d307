import vsiBench from "@vsi/question-templates/vsi-bench/camera_displacement.json" with { type: "json" };
import { combinationCount } from "../combinations.ts";
import { roundAnswer } from "../wording.ts";
import { framePairOfRank, movementMarks, refuseCameraDistance, streamTask } from "./cameraRules.ts";
import { traceDistance } from "./measured.ts";
import type { QuestionTypeModule } from "./questionType.ts";

/**
 * The straight line between the camera's positions in two sampled frames, in metres, one decimal: pairs of frames. Refused
 * where the two are hardly apart or too far (see refuseCameraDistance).
 */
export const cameraDisplacement: QuestionTypeModule = {
  ...streamTask("camera_displacement", ({ stream }) => ({
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
  })),
  templates: { "vsi-bench": vsiBench.template },
  query: null,
  describe: ({ frames, value }) => `between the camera's positions in ${frames.join(" and ")}: ${value}`,
  marks: ({ frames, question }) => movementMarks(frames, `${question.ground_truth} m`),
  trace: traceDistance,
};
