import type { Question, QuestionType, SceneObject, Vec3, WalkableGrid } from "@vsi/dataset";
import { at, countOf } from "@vsi/dataset/internal";
import { MOST_WALKABLE_CELLS } from "@vsi/geometry/internal";
import { sceneFile } from "../folder/datasetFolder.ts";
import type { VerifySettings } from "../folder/manifest.ts";
import type { Place, ReportProblem } from "../folder/problem.ts";
import type { VerifiedFrame, VerifiedScene } from "../folder/scene.ts";
import { checkClear } from "./clearObjects.ts";
import { turnAngle } from "./recompute/directions.ts";
import type { Recomputed } from "./recompute/recomputed.ts";
import { checkStandpoints } from "./standpoints.ts";

/**
 * What questions about a stream keep to, whatever the protocol: VSTI-Bench (VLM-3R, Fan et al., arXiv 2505.20279), but
 * for the margin, which is this project's own. Written a second time on purpose: verify must not repeat the generator's
 * mistakes.
 */
export const STREAM_LIMITS = {
  smallestAppearanceGap_s: 1,
  smallestDistance_m: 0.2,
  largestDistance_m: 10,
  smallestMovement_m: 1,
  smallestMargin_degree: 15,
} as const;

const RULE_ADVICE = "The generator never asks such a question: download the dataset again, or rebuild it.";

/** Sums in another order differ by less. */
const SLACK = 1e-9;

/** Reports a number that a rule does not allow. @param what such as "12 m between two of the objects". */
type Refuse = (what: string, rule: string) => void;

interface RuleInput {
  question: Question;
  answer: Recomputed;
  scene: VerifiedScene;
  settings: VerifySettings;
  refuse: Refuse;
}

/**
 * Checks that the protocol allows a question whose answer is right: margins, gaps, smallest and largest distances, where
 * one may stand, and a truth that the metric can divide by.
 *
 * @param answer as it was recomputed.
 */
export function checkRules(
  question: Question,
  answer: Recomputed,
  scene: VerifiedScene,
  settings: VerifySettings,
  place: Place,
  report: ReportProblem,
): void {
  const isNumber = answer.choices === undefined;
  if (isNumber && Number(answer.ground_truth) === 0) {
    const expected = "an answer that relative accuracy can be measured against";
    report({ code: "truth-zero", ...place, got: answer.ground_truth, expected, advice: RULE_ADVICE });
  }
  const refuse: Refuse = (got, expected) => report({ code: "rule", ...place, got, expected, advice: RULE_ADVICE });
  const { objects } = settings.protocol;
  if (objects !== null) checkClear(question.question_type, answer.object_ids, scene, objects, refuse);
  checkNames(answer, scene, refuse);
  RULES[question.question_type]?.({ question, answer, scene, settings, refuse });
}

const RULES: Readonly<Partial<Record<QuestionType, (input: RuleInput) => void>>> = {
  object_counting: ({ answer, refuse }) => atLeast(answer.value ?? 0, 2, "objects to count", refuse),
  room_size_estimation: ({ scene, refuse }) => {
    if (scene.facts.room.rooms === "main") refuse("the main room's area", "that of all rooms shown");
  },
  object_abs_distance: ({ answer, settings, refuse }) => {
    const { smallestDistance_m } = settings.protocol.absoluteDistance;
    atLeast(answer.value ?? 0, smallestDistance_m, "m between the objects", refuse);
  },
  object_rel_distance: checkRelDistance,
  object_rel_direction_easy: checkDirection((angle) => (angle > 0 ? "left" : "right")),
  object_rel_direction_medium: checkDirection((angle) =>
    Math.abs(angle) >= 135 ? "back" : angle > 0 ? "left" : "right",
  ),
  object_rel_direction_hard: checkDirection(
    (angle) => `${Math.abs(angle) < 90 ? "front" : "back"}-${angle > 0 ? "left" : "right"}`,
  ),
  obj_appearance_order: checkAppearances,
  camera_displacement: ({ answer, refuse }) => checkCameraDistance(answer.value, refuse),
  camera_movement_direction: checkMovement,
  camera_obj_abs_dist: ({ answer, refuse }) => checkCameraDistance(answer.value, refuse),
  camera_obj_rel_dist: checkCameraRelDistance,
  route_planning: checkRoute,
};

/** Under wide names, a question names nothing that a viewer may take for something else in the room. */
function checkNames({ object_ids }: Recomputed, scene: VerifiedScene, refuse: Refuse): void {
  const names = object_ids.flatMap((id) => scene.objects.get(id) ?? []).map(scene.nameOf);
  for (const name of new Set(names)) {
    const doubt = scene.doubtOf(name);
    if (doubt !== null) refuse(doubt, "names that a viewer cannot mistake for anything else");
  }
}

function atLeast(value: number, least: number, what: string, refuse: Refuse): void {
  if (!(value >= least - SLACK)) refuse(`${value} ${what}`, `at least ${least}`);
}

function atMost(value: number, most: number, what: string, refuse: Refuse): void {
  if (!(value <= most + SLACK)) refuse(`${value} ${what}`, `at most ${most}`);
}

function objectsOf({ answer, scene }: RuleInput): SceneObject[] {
  return answer.object_ids.flatMap((id) => scene.objects.get(id) ?? []);
}

function checkRelDistance(input: RuleInput): void {
  const { scene, settings, refuse, answer } = input;
  const [target, ...listed] = objectsOf(input);
  if (target === undefined) return;
  atLeast(answer.value ?? 0, settings.protocol.relativeDistance.smallestDistance_m, "m to the nearest", refuse);
  checkGaps(
    listed.map((object) => scene.distance(target, object) ?? Number.NaN),
    input,
  );
}

/** Checks that distances can be told apart. */
function checkGaps(distances_m: readonly number[], { scene, settings, refuse }: RuleInput): void {
  const { gaps, smallestGap_m, smallestGapInLargeRoom_m, largeRoom_m2 } = settings.protocol.relativeDistance;
  const least = scene.facts.room.area_m2 > largeRoom_m2 ? smallestGapInLargeRoom_m : smallestGap_m;
  const ordered = distances_m.toSorted((one, other) => one - other);
  const found = ordered.slice(1).map((farther, index) => farther - at(ordered, index));
  for (const gap of gaps === "all" ? found : found.slice(0, 1)) {
    atLeast(gap, least, "m between the distances of two choices", refuse);
  }
}

function checkDirection(wordOf: (angle: number) => string): (input: RuleInput) => void {
  return (input) => {
    const { scene, settings, refuse, answer } = input;
    const { smallestDistance_m, largestDistance_m, smallestMargin_degree, mostCornersElsewhere, standpoints } =
      settings.protocol.relativeDirection;
    const [positioning, orienting, querying] = objectsOf(input);
    if (positioning === undefined || orienting === undefined || querying === undefined) return;
    const pairs = [
      [positioning, orienting],
      [positioning, querying],
      [orienting, querying],
    ] as const;
    for (const [a, b] of pairs) {
      const apart_m = Math.hypot(a.centroid[0] - b.centroid[0], a.centroid[1] - b.centroid[1]);
      atLeast(apart_m, smallestDistance_m, `m between ids ${a.id} and ${b.id} on the floor`, refuse);
      if (largestDistance_m !== null)
        atMost(apart_m, largestDistance_m, `m between ids ${a.id} and ${b.id} on the floor`, refuse);
    }
    atLeast(answer.margin ?? 0, smallestMargin_degree, "degrees to where the answer becomes another", refuse);
    const elsewhere = cornersOf(querying).filter((corner) => {
      const turn = turnAngle(positioning.centroid, orienting.centroid, corner);
      return wordOf(turn) !== answer.ground_truth;
    }).length;
    atMost(elsewhere, mostCornersElsewhere, "corners of the box where the answer is another", refuse);
    if (standpoints === null) return;
    const gives = (place: readonly [number, number]) =>
      wordOf(turnAngle(place, orienting.centroid, querying.centroid)) === answer.ground_truth;
    checkStandpoints(positioning, scene.facts, standpoints, gives, refuse);
  };
}

function cornersOf({ box: { center, size, axes } }: SceneObject): Vec3[] {
  return [0, 1, 2, 3, 4, 5, 6, 7].map((corner): Vec3 => {
    const along = (axis: 0 | 1 | 2) =>
      ([0, 1, 2] as const).reduce<number>(
        (sum, side) => sum + (((corner >> side) & 1) - 0.5) * size[side] * axes[side][axis],
        center[axis],
      );
    return [along(0), along(1), along(2)];
  });
}

/** Damaged frames may have shown an object earlier than its time says: the order must hold all the same. */
function checkDamagedGaps({ answer, scene, refuse }: RuleInput): void {
  const sights = new Map((scene.facts.camera?.first_seen ?? []).map((sight) => [sight.object_id, sight]));
  const inOrder = answer.object_ids
    .flatMap((id) => sights.get(id) ?? [])
    .sort((one, other) => one.time_s - other.time_s);
  for (const [place, later] of inOrder.slice(1).entries()) {
    const gap = (later.earliest_s ?? later.time_s) - at(inOrder, place).time_s;
    if (later.earliest_s !== undefined && !(gap > STREAM_LIMITS.smallestAppearanceGap_s)) {
      refuse(
        `${gap} s from one appearance to damaged frames that may show the next`,
        `more than ${STREAM_LIMITS.smallestAppearanceGap_s}`,
      );
    }
  }
}

function checkAppearances(input: RuleInput): void {
  checkDamagedGaps(input);
  const { answer, refuse } = input;
  // More than a second, while other limits are met by equality.
  const gap = answer.margin ?? 0;
  const { smallestAppearanceGap_s } = STREAM_LIMITS;
  if (!(gap > smallestAppearanceGap_s)) {
    refuse(`${gap} s between two first appearances`, `more than ${smallestAppearanceGap_s}`);
  }
  const numbers = (answer.frames ?? []).map(({ number }) => number);
  if (numbers.slice(1).some((number, index) => number <= at(numbers, index))) {
    refuse(`sampled frames ${numbers.join(", ")} as the first with each`, "frames in the order of the answer");
  }
}

function checkCameraDistance(value: number | null, refuse: Refuse): void {
  atLeast(value ?? 0, STREAM_LIMITS.smallestDistance_m, "m from the camera", refuse);
  atMost(value ?? 0, STREAM_LIMITS.largestDistance_m, "m from the camera", refuse);
}

function checkMovement({ answer, refuse }: RuleInput): void {
  const [first, second] = answer.frames ?? [];
  if (first === undefined || second === undefined) return;
  const moved_m = Math.hypot(...([0, 1, 2] as const).map((axis) => second.position[axis] - first.position[axis]));
  const { smallestMovement_m, smallestMargin_degree } = STREAM_LIMITS;
  if (!(moved_m > smallestMovement_m)) refuse(`${moved_m} m that the camera moved`, `more than ${smallestMovement_m}`);
  atLeast(answer.margin ?? 0, smallestMargin_degree, "degrees to another direction", refuse);
}

function checkCameraRelDistance(input: RuleInput): void {
  const { answer, refuse } = input;
  const frame = answer.frames?.[0];
  if (frame === undefined) return;
  checkCameraDistance(answer.value, refuse);
  checkGaps(
    objectsOf(input).map((object) => cameraDistance(object, frame)),
    input,
  );
}

function cameraDistance({ id, box }: SceneObject, { position, distances_m }: VerifiedFrame): number {
  const { center, size, axes } = box;
  const outside = ([0, 1, 2] as const).map((side) => {
    const along = ([0, 1, 2] as const).reduce<number>((sum, k) => sum + axes[side][k] * (position[k] - center[k]), 0);
    return Math.max(Math.abs(along) - size[side] / 2, 0);
  });
  return distances_m.get(id) ?? Math.hypot(...outside);
}

/** Walks a route again: its legs and turns within the limits, its stops at their objects, its way free for the body. */
function checkRoute(input: RuleInput): void {
  const { answer, scene, settings, refuse } = input;
  const { routes } = settings.protocol;
  const stops = answer.route ?? [];
  const objects = objectsOf(input);
  if (routes === null || objects.length !== stops.length) return;
  atLeast(stops.length - 1, 2, "legs", refuse);
  atMost(stops.length - 1, routes.mostLegs, "legs", refuse);
  if (new Set(objects).size < objects.length) refuse("a way that comes to an object twice", "each object once");
  for (const [index, stop] of stops.entries()) {
    for (const other of stops.slice(index + 1)) {
      atLeast(Math.hypot(other[0] - stop[0], other[1] - stop[1]), routes.smallestLeg_m, "m between two stops", refuse);
    }
    const object = at(objects, index);
    atMost(floorDistance(object, stop), routes.reach_m, `m from a stop to the box of id ${object.id}`, refuse);
    const from = stops[index - 1];
    if (from === undefined) continue;
    const aim = Math.abs(turnAngle(from, stop, object.centroid));
    atMost(aim, routes.largestAim_degree, `degrees between a leg and id ${object.id}`, refuse);
    if (scene.facts.room.walkable === null) refuse("a route without a walkable floor in the facts", "one to walk on");
    else if (!isFree(scene.facts.room.walkable, from, stop, routes.bodyRadius_m)) {
      refuse(`leg ${index}, which comes nearer than ${routes.bodyRadius_m} m to what is not floor`, "a free way");
    }
  }
  atLeast(answer.margin ?? 0, routes.smallestMargin_degree, "degrees to where a turn becomes another", refuse);
  for (const [index, word] of answer.ground_truth.split(", ").entries()) {
    const [before, here, after] = objects.slice(index, index + 3).map(({ centroid }) => centroid);
    if (before === undefined || here === undefined || after === undefined) continue;
    const turn = turnAngle(here, [2 * here[0] - before[0], 2 * here[1] - before[1]], after);
    const byObjects =
      Math.abs(turn) >= 135 ? "Turn Back" : Math.abs(turn) < 45 ? "ahead" : turn > 0 ? "Turn Left" : "Turn Right";
    if (byObjects !== word) refuse(`"${word}" where the objects' middles say "${byObjects}"`, "the same turn by both");
  }
}

/** Metres on the floor from a point to a box; of a tilted one, the section at the height of its centre counts. */
function floorDistance({ box: { center, size, axes } }: SceneObject, [x, y]: readonly number[]): number {
  const outside = ([0, 1, 2] as const).map((side) => {
    const along = axes[side][0] * ((x ?? 0) - center[0]) + axes[side][1] * ((y ?? 0) - center[1]);
    return Math.max(Math.abs(along) - size[side] / 2, 0);
  });
  return Math.hypot(...outside);
}

/** Cells of a millimetre would pass; nobody makes finer ones, and a forger's must not keep verify busy for ever. */
const MOST_REACH = 1000;
const MOST_STEPS = 100_000;

/**
 * Whether no cell that is not floor has its centre within the body's radius of the straight way, looked at every half a
 * cell.
 */
function isFree(grid: WalkableGrid, from: readonly number[], to: readonly number[], radius_m: number): boolean {
  const { origin, cell_m, columns, rows } = grid;
  const reach = Math.ceil(radius_m / cell_m) + 1;
  const steps = Math.ceil(Math.hypot(at(to, 0) - at(from, 0), at(to, 1) - at(from, 1)) / (cell_m / 2));
  if (columns * rows > MOST_WALKABLE_CELLS || reach > MOST_REACH || steps > MOST_STEPS) return false;
  const cells = floorCells(grid);
  for (let step = 0; step <= steps; step += 1) {
    const share = step / Math.max(1, steps);
    const x = (at(from, 0) + share * (at(to, 0) - at(from, 0)) - origin[0]) / cell_m;
    const y = (at(from, 1) + share * (at(to, 1) - at(from, 1)) - origin[1]) / cell_m;
    for (let row = Math.floor(y) - reach; row <= Math.floor(y) + reach; row += 1) {
      for (let column = Math.floor(x) - reach; column <= Math.floor(x) + reach; column += 1) {
        const isFloor =
          row >= 0 && row < rows && column >= 0 && column < columns && cells[row * columns + column] === 1;
        if (!isFloor && Math.hypot(column + 0.5 - x, row + 0.5 - y) * cell_m <= radius_m) return false;
      }
    }
  }
  return true;
}

const decoded = new WeakMap<WalkableGrid, Uint8Array>();

/** 1 for each walkable cell, read once a scene. */
function floorCells(grid: WalkableGrid): Uint8Array {
  const known = decoded.get(grid);
  if (known !== undefined) return known;
  const cells = new Uint8Array(grid.columns * grid.rows);
  let end = 0;
  for (const [place, run] of grid.cells.split(" ").entries()) {
    const start = end;
    end += Number(run);
    if (place % 2 === 1) cells.fill(1, start, end);
  }
  decoded.set(grid, cells);
  return cells;
}

/** Reports types of which a scene has more questions than its limit. */
export function checkLimits(
  counts: ReadonlyMap<QuestionType, number>,
  sceneName: string,
  { protocol, maxPerScene }: VerifySettings,
  report: ReportProblem,
): void {
  const limits = { ...protocol.maxPerScene, ...maxPerScene };
  for (const [type, count] of counts) {
    const most = limits[type] ?? Number.POSITIVE_INFINITY;
    if (count <= most) continue;
    const got = `${countOf(count, "question")} of ${type}`;
    report({
      code: "rule",
      file: sceneFile(sceneName),
      line: null,
      id: null,
      got,
      expected: `at most ${most}`,
      advice: RULE_ADVICE,
    });
  }
}
