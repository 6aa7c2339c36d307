import type { SceneObject } from "@vsi/geometry";
import { cameraDistance } from "../distances/cameraDistance.ts";
import { balancedSequence } from "../random/balancedSequence.ts";
import { combinationCount, combinationOfRank } from "../random/combinations.ts";
import { drawWithoutRepetition } from "../random/drawWithoutRepetition.ts";
import { placedAmong } from "../random/placedAmong.ts";
import type { StreamFrame } from "../scene/stream.ts";
import { refuseCameraDistance } from "./refuseCameraDistance.ts";
import { refuseGaps } from "./refuseGaps.ts";
import { STREAM_RULES } from "./streamRules.ts";
import { type StreamTaskInput, streamTask } from "./streamTask.ts";
import type { Draft, Refusal } from "./task.ts";

/**
 * Which of four objects that a sampled frame shows is the closest to its camera: each frame with four one-instance labels
 * once, with four drawn at random. Where the nearest is too close or too far, or where distances are too much alike (see
 * refuseCameraDistance, refuseGaps), four others are drawn, as often as the protocol does for relative distances. The right
 * answer stands equally often at each of the four places.
 */
export const cameraObjectRelDistance = streamTask("camera_obj_rel_dist", (input) => {
  const { scene, stream, protocol, random } = input;
  const views = stream.frames
    .map((frame) => ({ frame, objects: scene.singles.filter(({ id }) => frame.seen.has(id)) }))
    .filter(({ objects }) => objects.length >= STREAM_RULES.listed);
  const places = balancedSequence([...Array(STREAM_RULES.listed).keys()], random("places"));
  return {
    count: views.length,
    ask(index) {
      const { frame, objects } = views[index]!;
      // A stream for each frame: its question stays the same when a cap leaves out other frames.
      const drawing = random("draws", frame.number);
      const ranks = drawWithoutRepetition(drawing, combinationCount(objects.length, STREAM_RULES.listed));
      const refusals: Refusal[] = [];
      for (let draws = 0; draws < protocol.relativeDistance.draws; draws++) {
        const { value: rank, done } = ranks.next();
        if (done) {
          break;
        }
        const byDistance = combinationOfRank(rank, STREAM_RULES.listed)
          .map((member) => viewedFrom(frame, objects[member]!))
          .sort((one, other) => one.distance_m - other.distance_m);
        const refusal = refuse(byDistance, frame, input);
        if (!refusal) {
          const [nearest, ...farther] = byDistance;
          const listed = placedAmong(nearest!, farther, places.next().value, drawing);
          return { draft: draftOf(listed, byDistance, frame, stream.frames.length), refusals };
        }
        refusals.push(refusal);
      }
      return { draft: null, refusals };
    },
  };
});

interface ViewedObject {
  object: SceneObject;
  label: string;
  distance_m: number;
}

function viewedFrom({ position }: StreamFrame, object: SceneObject): ViewedObject {
  return { object, label: object.label, distance_m: cameraDistance(position, object) };
}

function refuse(
  byDistance: readonly ViewedObject[],
  { name }: StreamFrame,
  { scene, protocol }: StreamTaskInput,
): Refusal | null {
  const object_ids = byDistance.map(({ object }) => object.id);
  const nearest = byDistance[0]!;
  const refusal = refuseGaps(byDistance, `camera in ${name}`, scene.roomArea_m2, protocol);
  return (
    refuseCameraDistance(nearest.distance_m, object_ids, `The camera and the ${nearest.label} in ${name}`) ??
    (refusal && { ...refusal, object_ids })
  );
}

function draftOf(
  listed: readonly ViewedObject[],
  [nearest, second]: readonly ViewedObject[],
  frame: StreamFrame,
  count: number,
): Draft {
  const choices = listed.map(({ label }) => label);
  const [a, b, c, d] = choices as [string, string, string, string];
  return {
    words: { a, b, c, d, frame: String(frame.number), count: String(count) },
    choices,
    ground_truth: nearest!.label,
    evidence: {
      object_ids: listed.map(({ object }) => object.id),
      value: nearest!.distance_m,
      unit: "m",
      margin: second!.distance_m - nearest!.distance_m,
    },
    frames: [frame.name],
  };
}
