import { drawWithoutRepetition } from "@vsi/dataset";
import { at, balancedSequence, placedAmong } from "@vsi/dataset/internal";
import type { SceneObject } from "@vsi/geometry";
import absDistWording from "@vsi/question-templates/vsi-bench/camera_obj_abs_dist.json" with { type: "json" };
import relDistWording from "@vsi/question-templates/vsi-bench/camera_obj_rel_dist.json" with { type: "json" };
import { combinationCount, combinationOfRank } from "../combinations.ts";
import { cameraDistance } from "../distances.ts";
import type { StreamFrame } from "../scene/stream.ts";
import { roundAnswer } from "../wording.ts";
import { refuseCameraDistance, STREAM_RULES, type StreamTaskInput, streamTask } from "./cameraRules.ts";
import { clearSets, listedWords, refuseGaps } from "./choices.ts";
import { cameraPoint, cameraReach, gazeOf, linesToChoices, NO_MARKS, planLine, planReach } from "./marks.ts";
import { traceDistance } from "./measures.ts";
import type { Draft, ProtocolRules, QuestionTypeModule, Refusal } from "./questionType.ts";

/**
 * How far the camera is in a sampled frame from the nearest point of an object that the frame shows, by its mesh or by
 * its box as the protocol says, in metres, one decimal: each frame with each one-instance label in it. Refused where the object is too close or too far (see
 * refuseCameraDistance).
 */
export const cameraObjAbsDist: QuestionTypeModule = {
  ...streamTask("camera_obj_abs_dist", ({ scene, stream, protocol }) => {
    const views = stream.frames.flatMap((frame) =>
      scene.singles.filter(({ id }) => frame.seen.has(id)).map((object) => ({ frame, object })),
    );
    return {
      count: views.length,
      ask(index) {
        const { frame, object } = at(views, index);
        const distance_m = cameraDistance(frame, object, protocol.cameraDistance);
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
  templates: { "vsi-bench": absDistWording.template },
  query: null,
  describe: ({ named, frames, value, isToVertices }) =>
    `from the camera in ${frames.join(", ")} to the ${isToVertices ? "closest vertex" : "box"} of ${named[0]}: ${value}`,
  marks({ asked: [object], frames: [frame], question }) {
    if (!frame || !object) {
      return NO_MARKS;
    }
    const label = `${question.ground_truth} m`;
    const reach = planLine(...planReach(cameraReach(frame, object)), label);
    return { lines: [gazeOf(frame), reach], points: [cameraPoint(frame)] };
  },
  trace: traceDistance,
};

/**
 * Which of four objects that a sampled frame shows is the closest to its camera: each frame with four one-instance
 * labels once, with four drawn at random. Where the nearest is too close or too far, or where distances are too much
 * alike (see refuseCameraDistance, refuseGaps), four others are drawn, as often as the protocol does for relative
 * distances. The right answer stands equally often at each of the four places.
 */
export const cameraObjRelDist: QuestionTypeModule = {
  ...streamTask("camera_obj_rel_dist", (input) => {
    const { scene, stream, protocol, random } = input;
    const views = stream.frames
      .map((frame) => ({ frame, objects: scene.singles.filter(({ id }) => frame.seen.has(id)) }))
      .filter(({ objects }) => objects.length >= STREAM_RULES.listed);
    const places = balancedSequence(random("places"), [...Array(STREAM_RULES.listed).keys()]);
    return {
      count: views.length,
      ask(index) {
        const { frame, objects } = at(views, index);
        // A stream for each frame: its question stays the same when a cap leaves out other frames.
        const drawing = random("draws", frame.number);
        const ranks = drawWithoutRepetition(drawing, combinationCount(objects.length, STREAM_RULES.listed));
        const refusals: Refusal[] = [];
        if (protocol.relativeDistance.draws === null) {
          const viewed = objects.map((object) => viewedFrom(frame, object, protocol));
          const clear = clearSets(
            viewed.map(({ distance_m }) => distance_m),
            scene.roomArea_m2,
            protocol,
            { smallest_m: STREAM_RULES.smallestDistance_m, largest_m: STREAM_RULES.largestDistance_m },
          );
          if (clear.count === 0) return { draft: null, refusals: [refuseUnclear(frame, objects)] };
          const { value: rank } = drawWithoutRepetition(drawing, clear.count).next();
          const byDistance = clear.setOfRank(rank ?? 0).map((place) => at(viewed, place));
          const listed = placedAmong(drawing, at(byDistance, 0), byDistance.slice(1), places.next().value);
          return { draft: draftOf(listed, byDistance, frame, stream.frames.length), refusals };
        }
        for (let draws = 0; draws < protocol.relativeDistance.draws; draws += 1) {
          const { value: rank, done } = ranks.next();
          if (done) {
            break;
          }
          const byDistance = combinationOfRank(rank, STREAM_RULES.listed)
            .map((member) => viewedFrom(frame, at(objects, member), protocol))
            .sort((one, other) => one.distance_m - other.distance_m);
          const refusal = refuse(byDistance, frame, input);
          if (!refusal) {
            const listed = placedAmong(drawing, at(byDistance, 0), byDistance.slice(1), places.next().value);
            return { draft: draftOf(listed, byDistance, frame, stream.frames.length), refusals };
          }
          refusals.push(refusal);
        }
        return { draft: null, refusals };
      },
    };
  }),
  templates: { "vsi-bench": relDistWording.template },
  query: null,
  describe: ({ named, frames, value, margin, ground_truth, isToVertices }) =>
    `from the camera in ${frames.join(", ")} to the ${isToVertices ? "closest vertices" : "boxes"} of ${named.join(", ")}; the nearest, ${ground_truth}, is ${value} away${margin}`,
  marks({ asked, frames: [frame], question }) {
    if (!frame || asked.length === 0) {
      return NO_MARKS;
    }
    const reaches = asked.map((object) => cameraReach(frame, object));
    const lines = linesToChoices(question, reaches, question.evidence.object_ids.length);
    return { lines: [gazeOf(frame), ...lines], points: [cameraPoint(frame)] };
  },
  trace: traceDistance,
};

interface ViewedObject {
  object: SceneObject;
  label: string;
  distance_m: number;
}

function viewedFrom(frame: StreamFrame, object: SceneObject, protocol: ProtocolRules): ViewedObject {
  return { object, label: object.label, distance_m: cameraDistance(frame, object, protocol.cameraDistance) };
}

function refuseUnclear({ name }: StreamFrame, objects: readonly SceneObject[]): Refusal {
  const message = `In ${name}, no four objects are at clearly different distances from the camera.`;
  const object_ids = objects.map(({ id }) => id);
  return { code: "no-clear-choices", message, object_ids, value: null, limit: null, unit: null };
}

function refuse(
  byDistance: readonly ViewedObject[],
  { name }: StreamFrame,
  { scene, protocol }: StreamTaskInput,
): Refusal | null {
  const object_ids = byDistance.map(({ object }) => object.id);
  const nearest = at(byDistance, 0);
  const refusal = refuseGaps(byDistance, `camera in ${name}`, scene.roomArea_m2, protocol);
  return (
    refuseCameraDistance(nearest.distance_m, object_ids, `The camera and the ${nearest.label} in ${name}`) ??
    (refusal && { ...refusal, object_ids })
  );
}

function draftOf(
  listed: readonly ViewedObject[],
  byDistance: readonly ViewedObject[],
  frame: StreamFrame,
  count: number,
): Draft {
  const choices = listed.map(({ label }) => label);
  const [nearest, second] = [at(byDistance, 0), at(byDistance, 1)];
  return {
    words: { ...listedWords(choices), frame: String(frame.number), count: String(count) },
    choices,
    ground_truth: nearest.label,
    evidence: {
      object_ids: listed.map(({ object }) => object.id),
      value: nearest.distance_m,
      unit: "m",
      margin: second.distance_m - nearest.distance_m,
    },
    frames: [frame.name],
  };
}
