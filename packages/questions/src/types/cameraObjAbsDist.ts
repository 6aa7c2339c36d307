import { at } from "@vsi/dataset";
import vsiBench from "@vsi/question-templates/vsi-bench/camera_obj_abs_dist.json" with { type: "json" };
import { cameraDistance } from "../distances.ts";
import { roundAnswer } from "../wording.ts";
import { refuseCameraDistance, streamTask } from "./cameraRules.ts";
import { cameraPoint, gazeOf, NO_MARKS, planLine, planPoint } from "./marks.ts";
import { traceDistance } from "./measured.ts";
import type { QuestionTypeModule } from "./questionType.ts";

/**
 * How far the camera is in a sampled frame from the nearest point of an object that the frame shows, in metres, one decimal:
 * each frame with each one-instance label in it. Refused where the object is too close or too far (see
 * refuseCameraDistance).
 */
export const cameraObjAbsDist: QuestionTypeModule = {
  ...streamTask("camera_obj_abs_dist", ({ scene, stream }) => {
    const views = stream.frames.flatMap((frame) =>
      scene.singles.filter(({ id }) => frame.seen.has(id)).map((object) => ({ frame, object })),
    );
    return {
      count: views.length,
      ask(index) {
        const { frame, object } = at(views, index);
        const distance_m = cameraDistance(frame.position, object);
        const refusal = refuseCameraDistance(
          distance_m,
          [object.id],
          `The camera and the ${object.label} in ${frame.name}`,
        );
        if (refusal) {
          return { draft: null, refusals: [refusal] };
        }
        const draft = {
          words: { category: object.label, frame: String(frame.number), count: String(stream.frames.length) },
          ground_truth: roundAnswer(distance_m, 1),
          evidence: { object_ids: [object.id], value: distance_m, unit: "m" as const, margin: null },
          frames: [frame.name],
        };
        return { draft, refusals: [] };
      },
    };
  }),
  templates: { "vsi-bench": vsiBench.template },
  query: null,
  describe: ({ named, frames, value }) => `from the camera in ${frames.join(", ")} to the box of ${named[0]}: ${value}`,
  marks({ asked: [object], frames: [frame], question }) {
    if (!frame || !object) {
      return NO_MARKS;
    }
    const label = `${question.ground_truth} m`;
    const reach = planLine(planPoint(frame.position), planPoint(object.centroid), label);
    return { lines: [gazeOf(frame), reach], points: [cameraPoint(frame)] };
  },
  trace: traceDistance,
};
