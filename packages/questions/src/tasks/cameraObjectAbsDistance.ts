import { cameraDistance } from "../distances/cameraDistance.ts";
import { roundAnswer } from "../text/roundAnswer.ts";
import { refuseCameraDistance } from "./refuseCameraDistance.ts";
import { streamTask } from "./streamTask.ts";

/**
 * How far the camera is in a sampled frame from the nearest point of an object that the frame shows, in metres, one decimal:
 * each frame with each one-instance label in it. Refused where the object is too close or too far (see
 * refuseCameraDistance).
 */
export const cameraObjectAbsDistance = streamTask("camera_obj_abs_dist", ({ scene, stream }) => {
  const views = stream.frames.flatMap((frame) =>
    scene.singles.filter(({ id }) => frame.seen.has(id)).map((object) => ({ frame, object })),
  );
  return {
    count: views.length,
    ask(index) {
      const { frame, object } = views[index]!;
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
});
