import type { Question } from "@vsi/dataset";
import type { OrientedBox, SceneFacts, SceneObject, Vec3 } from "@vsi/geometry";
import type { VerifiedFrame, VerifiedScene } from "../verify/scene.ts";

/** The mean of at least one point. */
export function middleOf(points: readonly FloorPoint[]): FloorPoint {
  const mean = (plane: 0 | 1) => points.reduce((sum, point) => sum + point[plane], 0) / points.length;
  return [mean(0), mean(1)];
}

/** [x, y] on the floor plane, metres, axis-aligned. */
export type FloorPoint = readonly [number, number];

/**
 * What a box covers seen from above: the convex hull of its eight corners, counter-clockwise (Andrew's monotone chain).
 * Two points or one for a box without a width.
 */
export function footprint({ center, size, axes }: OrientedBox): FloorPoint[] {
  const signs = [-0.5, 0.5];
  const corners = signs.flatMap((a) =>
    signs.flatMap((b) =>
      signs.map((c): FloorPoint => {
        const along = (plane: 0 | 1) =>
          center[plane] + a * size[0] * axes[0][plane] + b * size[1] * axes[1][plane] + c * size[2] * axes[2][plane];
        return [along(0), along(1)];
      }),
    ),
  );
  const sorted = corners.sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  return [...halfHull(sorted), ...halfHull(sorted.toReversed())];
}

/** Square metres; corners of upright boxes stand twice, apart by the noise of sums. */
const NO_AREA = 1e-9;

function halfHull(points: readonly FloorPoint[]): FloorPoint[] {
  const hull: FloorPoint[] = [];
  for (const point of points) {
    while (hull.length >= 2 && area(hull.at(-2)!, hull.at(-1)!, point) <= NO_AREA) hull.pop();
    hull.push(point);
  }
  return hull.slice(0, -1);
}

function area([ax, ay]: FloorPoint, [bx, by]: FloorPoint, [cx, cy]: FloorPoint): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

/** Metres. */
interface Bounds {
  min: FloorPoint;
  max: FloorPoint;
}

/** Around everything that a plan draws; a point at the origin for an empty one. */
export function planBounds({ outline, boxes, lines, points }: Plan): Bounds {
  const all = [
    ...outline.flat(),
    ...boxes.flatMap(({ corners }) => corners),
    ...lines.flatMap(({ from, to }) => [from, to]),
    ...points.map(({ at }) => at),
  ];
  const [first = [0, 0]] = all;
  let { min, max }: Bounds = { min: first, max: first };
  for (const [x, y] of all) {
    min = [Math.min(min[0], x), Math.min(min[1], y)];
    max = [Math.max(max[0], x), Math.max(max[1], y)];
  }
  return { min, max };
}

/** A straight line of a plan. */
export interface PlanLine {
  from: FloorPoint;
  to: FloorPoint;
  /** Whether it ends in an arrow. */
  isArrow: boolean;
  /** The one that the answer is about; the others are for comparison. */
  isAnswer: boolean;
  /** Written at its middle; empty for none. */
  label: string;
}

/** What a question is about, seen from above: metres, axis-aligned, +Y up the page. */
export interface Plan {
  /** The room's outer boundaries; empty where the facts have none. */
  outline: readonly (readonly FloorPoint[])[];
  /** Objects; without a label those that the question is not about. */
  boxes: { corners: readonly FloorPoint[]; label: string | null }[];
  lines: PlanLine[];
  /** Where a camera was, or a walk begins: marked by a dot. */
  points: { at: FloorPoint; label: string }[];
}

/** Metres that an arrow shows of where a camera looks. */
const GAZE_LENGTH = 0.7;

/** The plan of a question; of an asked object that is not in the scene nothing is drawn. */
export function planOf(question: Question, scene: VerifiedScene): Plan {
  const { evidence } = question;
  const asked = evidence.object_ids.flatMap((id) => scene.objects.get(id) ?? []);
  const frames = (evidence.frames ?? []).flatMap((name) => scene.frames?.find((frame) => frame.name === name) ?? []);
  const isAsked = new Set(asked.map(({ id }) => id));
  return {
    outline: scene.facts.room.outline ?? [],
    boxes: furniture(scene.facts).map((object) => ({
      corners: footprint(object.box),
      label: isAsked.has(object.id) ? `${scene.nameOf(object)} (${object.id})` : null,
    })),
    ...marksOf(question, asked, frames, scene.facts),
  };
}

/** Walls, floors and the like cover the room. */
function furniture({ objects }: SceneFacts): SceneObject[] {
  return objects.filter(({ excluded }) => excluded !== "structure");
}

type Marks = Pick<Plan, "lines" | "points">;

function marksOf(
  question: Question,
  asked: readonly SceneObject[],
  frames: readonly VerifiedFrame[],
  { room }: SceneFacts,
): Marks {
  const { evidence, question_type: type, ground_truth } = question;
  const places = asked.map(({ centroid }) => floorPoint(centroid));
  const line = (from: FloorPoint, to: FloorPoint, label = "", change: Partial<PlanLine> = {}): PlanLine => ({
    from,
    to,
    label,
    isArrow: false,
    isAnswer: true,
    ...change,
  });
  const nothing: Marks = { lines: [], points: [] };
  const [first, second, third] = places;
  switch (type) {
    case "object_counting":
    case "obj_appearance_order":
      return nothing;
    case "room_size_estimation":
      return { ...nothing, points: [{ at: floorPoint(room.center), label: `${ground_truth} m²` }] };
    case "object_size_estimation":
      return {
        ...nothing,
        lines: asked.slice(0, 1).map((object) => line(...longestSide(object), `${ground_truth} cm`)),
      };
    case "object_abs_distance":
      return first && second ? { ...nothing, lines: [line(first, second, `${ground_truth} m`)] } : nothing;
    case "object_rel_distance":
      return {
        ...nothing,
        lines: first ? toChoices(first, places.slice(1), question.evidence.object_ids.slice(1)) : [],
      };
    case "object_rel_direction_easy":
    case "object_rel_direction_medium":
    case "object_rel_direction_hard": {
      if (!first || !second || !third) return nothing;
      const angle = `${Math.abs(evidence.value ?? 0).toFixed(0)}° ${ground_truth}`;
      const facing = line(first, second, "facing", { isArrow: true, isAnswer: false });
      return { lines: [facing, line(first, third, angle, { isArrow: true })], points: [{ at: first, label: "" }] };
    }
    case "camera_displacement":
    case "camera_movement_direction": {
      const [from, to] = frames;
      if (!from || !to) return nothing;
      const label = type === "camera_displacement" ? `${ground_truth} m` : ground_truth;
      const moved = line(floorPoint(from.position), floorPoint(to.position), label, { isArrow: true });
      return { lines: [gazeOf(from), moved], points: [from, to].map(cameraPoint) };
    }
    case "camera_obj_abs_dist":
    case "camera_obj_rel_dist": {
      const [frame] = frames;
      if (!frame || !first) return nothing;
      const at = floorPoint(frame.position);
      const label = `${ground_truth} m`;
      const reaches =
        type === "camera_obj_abs_dist" ? [line(at, first, label)] : toChoices(at, places, evidence.object_ids);
      return { lines: [gazeOf(frame), ...reaches], points: [cameraPoint(frame)] };
    }
    case "route_planning": {
      const stops = evidence.route ?? [];
      const legs = stops.slice(1).map((to, index) => line(stops[index]!, to, `${index + 1}`, { isArrow: true }));
      return { lines: legs, points: stops.slice(0, 1).map((at) => ({ at, label: "start" })) };
    }
  }

  function toChoices(from: FloorPoint, choices: readonly FloorPoint[], ids: readonly number[]): PlanLine[] {
    const answer = answerPlace(question, ids.length);
    return choices.map((to, place) =>
      place === answer
        ? line(from, to, `${(evidence.value ?? 0).toFixed(2)} m`)
        : line(from, to, "", { isAnswer: false }),
    );
  }
}

/** Which of the listed objects is the answer: the text lists their names in the evidence's order. */
function answerPlace({ question, ground_truth }: Question, count: number): number {
  const listed = /\(([^)]*)\)/.exec(question)?.[1]?.split(", ") ?? [];
  return listed.length === count ? listed.indexOf(ground_truth) : -1;
}

function longestSide({ box }: SceneObject): [FloorPoint, FloorPoint] {
  const { center, size, axes } = box;
  const index = size.indexOf(Math.max(...size));
  const end = (half: number): FloorPoint => [
    center[0] + half * size[index]! * axes[index]![0],
    center[1] + half * size[index]! * axes[index]![1],
  ];
  return [end(-0.5), end(0.5)];
}

function gazeOf({ position, axes }: VerifiedFrame): PlanLine {
  const forward = axes[2]!;
  const to: FloorPoint = [position[0] + GAZE_LENGTH * forward[0], position[1] + GAZE_LENGTH * forward[1]];
  return { from: floorPoint(position), to, label: "looks", isArrow: true, isAnswer: false };
}

function cameraPoint({ position, number }: VerifiedFrame): Plan["points"][number] {
  return { at: floorPoint(position), label: `frame ${number}` };
}

function floorPoint([x, y]: Vec3): FloorPoint {
  return [x, y];
}
