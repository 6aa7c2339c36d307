import { at, type Marks, type PlanLine, type PlanPoint } from "@vsi/dataset/internal";
import { nearestBoxPoint, type SceneObject, type Vec3 } from "@vsi/geometry";
import type { MarkedQuestion, ShownFrame } from "./questionType.ts";

/** Nothing but the objects. */
export const NO_MARKS: Marks = { lines: [], points: [] };

/** Metres that an arrow shows of where a camera looks. */
const GAZE_LENGTH = 0.7;

/** A line that the answer is about, unless `change` says otherwise. */
export function planLine(from: PlanPoint, to: PlanPoint, label = "", change: Partial<PlanLine> = {}): PlanLine {
  return { from, to, label, isArrow: false, isAnswer: true, ...change };
}

/**
 * Lines to each of the choices; the right one is labelled with the evidence's value.
 *
 * @param reaches from where to where: to the objects that the text lists, in its order.
 * @param listed how many the evidence has: of an object that the scene does not have there is no place.
 */
export function linesToChoices(
  { question, ground_truth, evidence }: MarkedQuestion["question"],
  reaches: readonly (readonly [Vec3, Vec3])[],
  listed: number,
): PlanLine[] {
  const names = /\(([^)]*)\)/.exec(question)?.[1]?.split(", ") ?? [];
  const answer = names.length === listed ? names.indexOf(ground_truth) : -1;
  return reaches.map((reach, place) =>
    place === answer
      ? planLine(...planReach(reach), `${(evidence.value ?? 0).toFixed(2)} m`)
      : planLine(...planReach(reach), "", { isAnswer: false }),
  );
}

/** From above, from where to where was measured. */
export function planReach([from, to]: readonly [Vec3, Vec3]): [PlanPoint, PlanPoint] {
  return [planPoint(from), planPoint(to)];
}

/**
 * From a camera to the nearest point of an object's box. Facts do not say which vertex a camera's distance to the mesh
 * was measured to: the box's point is as near as one comes to it.
 */
export function cameraReach({ position }: ShownFrame, { box }: SceneObject): [Vec3, Vec3] {
  return [position, nearestBoxPoint(box, position)];
}

/** Where a camera looks. */
export function gazeOf({ position, axes }: ShownFrame): PlanLine {
  const forward = at(axes, 2);
  const to: PlanPoint = [position[0] + GAZE_LENGTH * forward[0], position[1] + GAZE_LENGTH * forward[1]];
  return planLine(planPoint(position), to, "looks", { isArrow: true, isAnswer: false });
}

/** Where a camera was. */
export function cameraPoint({ position, number }: ShownFrame): Marks["points"][number] {
  return { at: planPoint(position), label: `frame ${number}` };
}

export function planPoint([x, y]: Vec3): PlanPoint {
  return [x, y];
}
