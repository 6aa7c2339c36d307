import type { SceneObject, Vec3 } from "@vsi/dataset";
import { nearestBoxPoint } from "@vsi/geometry";
import type { ShownFrame } from "@vsi/questions";
import { type DrawInput, type Drawing, type DrawnSegment, drawingOf, lengthOf, segment } from "./drawing.ts";

/** Metres of the arrows that show which way a camera calls right, down and forward. */
const AXIS_LENGTH = 0.6;

/** From a frame's camera to the nearest point of one object. */
export function drawCameraDistance(input: DrawInput): Drawing {
  const {
    asked: [object],
    question,
    room,
  } = input;
  const [frame] = framesOf(input);
  if (!object || !frame) return drawingOf({});
  return drawingOf({
    objects: [{ id: object.id, emphasis: "asked", label: room.nameOf(object) }],
    segments: [{ ...reach(frame, object, input).drawn, label: `${question.ground_truth} m` }],
    points: [cameraPoint(frame)],
    frames: [frame.name],
  });
}

/** From a frame's camera to each object to choose from. */
export function drawCameraDistances(input: DrawInput): Drawing {
  const { asked, question, room } = input;
  const [frame] = framesOf(input);
  if (!frame) return drawingOf({});
  const emphasisOf = (object: SceneObject) => (room.nameOf(object) === question.ground_truth ? "answer" : "compared");
  return drawingOf({
    objects: asked.map((object) => ({ id: object.id, emphasis: emphasisOf(object), label: room.nameOf(object) })),
    segments: asked.map((object) => {
      const { drawn, distance_m } = reach(frame, object, input);
      return { ...drawn, emphasis: emphasisOf(object), label: `${distance_m.toFixed(2)} m` };
    }),
    points: [cameraPoint(frame)],
    frames: [frame.name],
  });
}

/** The straight line between the camera's places in two frames. */
export function drawMovement(input: DrawInput): Drawing {
  const { question } = input;
  const [first, second] = framesOf(input);
  if (!first || !second) return drawingOf({});
  return drawingOf({
    segments: [
      segment(first.position, second.position, "answer", { isArrow: true, label: `${question.ground_truth} m` }),
    ],
    points: [first, second].map(cameraPoint),
    frames: [first.name, second.name],
  });
}

/** The same, with the first camera's own axes, in which the answer is told. */
export function drawMovementDirection(input: DrawInput): Drawing {
  const { question } = input;
  const [first, second] = framesOf(input);
  if (!first || !second) return drawingOf({});
  return drawingOf({
    segments: [
      ...(["right", "down", "forward"] as const).map((word, index) =>
        segment(first.position, alongAxis(first, index), "compared", { isArrow: true, label: word }),
      ),
      segment(first.position, second.position, "answer", { isArrow: true, label: question.ground_truth }),
    ],
    points: [first, second].map(cameraPoint),
    frames: [first.name, second.name],
  });
}

function alongAxis({ position, axes }: ShownFrame, index: number): Vec3 {
  const axis = axes[index] ?? [0, 0, 0];
  return [
    position[0] + AXIS_LENGTH * axis[0],
    position[1] + AXIS_LENGTH * axis[1],
    position[2] + AXIS_LENGTH * axis[2],
  ];
}

function framesOf({ question, room }: DrawInput): ShownFrame[] {
  return (question.evidence.frames ?? []).flatMap((name) => room.frames?.find((frame) => frame.name === name) ?? []);
}

function cameraPoint({ position, number }: ShownFrame) {
  return { at: position, emphasis: "asked" as const, label: `frame ${number}` };
}

/** Where facts tell the distance to the closest vertex, the mesh alone tells which vertex that is. */
function reach(
  { position, distances_m }: ShownFrame,
  { id, box }: SceneObject,
  { closestVertex }: DrawInput,
): { drawn: DrawnSegment; distance_m: number } {
  const toVertex_m = distances_m?.get(id);
  const vertex = toVertex_m === undefined ? null : closestVertex(id, position);
  const to = vertex ?? nearestBoxPoint(box, position);
  return {
    drawn: segment(position, to, "answer", { isExact: toVertex_m === undefined || vertex !== null }),
    distance_m: toVertex_m ?? lengthOf(position, to),
  };
}
