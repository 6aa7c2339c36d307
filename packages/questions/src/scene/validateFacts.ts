import { at } from "@vsi/dataset";
import {
  ALIGNED_POSE_TOLERANCE,
  type CameraFacts,
  MOST_WALKABLE_CELLS,
  readCellRuns,
  type SampledFrame,
  type SceneFacts,
  type SceneObject,
  type WalkableGrid,
} from "@vsi/geometry";
import { FactsError } from "../errors.ts";

/** ScanNet's scans hold a few hundred objects. At this number the ranks of sets of four are still exact integers. */
const MOST_OBJECTS = 4096;

/**
 * Checks what questions rest on: names, labels, ids, and that every number is one.
 *
 * @throws FactsError "facts-number" (NaN, infinite, missing, or over 1e7), "facts-negative" (a size, area or distance),
 * "facts-name" (a dataset or scene name that is empty or holds a line break), "facts-label" (an empty label or category),
 * "facts-id" (an id that is no integer or stands twice), "facts-count" (a published count that is no positive integer),
 * "facts-too-many" (over 4,096 objects), "facts-walkable" (a grid of the floor that cannot be read), and those of
 * validateCamera where there is a stream.
 */
export function validateFacts(facts: SceneFacts): void {
  const checks = factsChecks(facts);
  const { fail, checkNumbers } = checks;
  const checkWalkable = ({ origin, cell_m, columns, rows, cells }: WalkableGrid): void => {
    checkNumbers("room.walkable.origin", origin, 2);
    checkNumbers("room.walkable.cell_m", [cell_m], 1);
    const isWhole = Number.isInteger(columns) && Number.isInteger(rows) && columns > 0 && rows > 0;
    if (!isWhole || columns * rows > MOST_WALKABLE_CELLS || !(cell_m > 0)) {
      const expected = `sides above 0, at most ${MOST_WALKABLE_CELLS} cells`;
      fail("facts-walkable", "room.walkable", { cell_m, columns, rows }, expected);
    }
    if (typeof cells !== "string" || readCellRuns(cells, columns * rows) === null) {
      fail("facts-walkable", "room.walkable.cells", cells, `lengths of runs that sum to ${columns * rows}`);
    }
  };
  const checkObject = (place: string, object: SceneObject): void => {
    for (const name of ["label", "category"] as const) {
      if (typeof object[name] !== "string" || object[name].trim() === "") {
        fail("facts-label", `${place}.${name}`, object[name], "a word");
      }
    }
    checkNumbers(`${place}.centroid`, object.centroid, 3);
    checkNumbers(`${place}.box.center`, object.box.center, 3);
    for (const axis of [0, 1, 2]) {
      checkNumbers(`${place}.box.axes[${axis}]`, object.box.axes[axis], 3);
    }
    checkNumbers(`${place}.box.size`, object.box.size, 3);
    if (object.box.size.some((length) => length < 0)) {
      fail("facts-negative", `${place}.box.size`, object.box.size, "lengths of at least 0");
    }
  };

  for (const field of ["dataset", "scene_name"] as const) {
    if (typeof facts[field] !== "string" || !/^[^\r\n]+$/.test(facts[field])) {
      fail("facts-name", field, facts[field], "a name on one line");
    }
  }
  if (facts.objects.length > MOST_OBJECTS) {
    fail("facts-too-many", "objects", facts.objects.length, `at most ${MOST_OBJECTS} objects`);
  }
  checkNumbers("room.area_m2", [facts.room.area_m2], 1);
  if (facts.room.area_m2 < 0) {
    fail("facts-negative", "room.area_m2", facts.room.area_m2, "an area of at least 0");
  }
  if (facts.room.walkable) {
    checkWalkable(facts.room.walkable);
  }
  const ids = new Set<number>();
  for (const [index, object] of facts.objects.entries()) {
    if (!Number.isSafeInteger(object.id) || ids.has(object.id)) {
      fail("facts-id", `objects[${index}].id`, object.id, "an integer that no other object has");
    }
    ids.add(object.id);
    checkObject(`objects[${index}]`, object);
  }
  for (const [index, { distance_m }] of (facts.surface_distances ?? []).entries()) {
    checkNumbers(`surface_distances[${index}].distance_m`, [distance_m], 1);
    if (distance_m < 0) {
      fail("facts-negative", `surface_distances[${index}].distance_m`, distance_m, "a distance of at least 0");
    }
  }
  for (const [category, count] of Object.entries(facts.counts ?? {})) {
    if (!Number.isSafeInteger(count) || count < 1) {
      fail("facts-count", `counts[${JSON.stringify(category)}]`, count, "an integer of at least 1");
    }
  }
  if (facts.camera) {
    validateCamera(facts.camera, ids, checks);
  }
}

/**
 * Checks what questions about a stream rest on.
 *
 * @param ids of the facts' objects.
 * @throws FactsError "facts-frame" (no name or one that stands twice, frames out of order),
 * "facts-number" (a pose or time that is none), "facts-pose" (no rotation), "facts-id" (an object that the facts do not
 * have, or twice in a frame), "facts-pixels" (no positive integer), "facts-negative" (a time before the stream's start).
 */
export function validateCamera(camera: CameraFacts, ids: ReadonlySet<number>, checks: FactsChecks): void {
  const { frames, first_seen } = camera;
  const names = new Set<string>();
  for (const [position, frame] of frames.entries()) {
    const place = `camera.frames[${position}]`;
    if (typeof frame.name !== "string" || frame.name === "" || names.has(frame.name)) {
      checks.fail("facts-frame", `${place}.name`, frame.name, "a name that no other frame has");
    }
    names.add(frame.name);
    const before = frames[position - 1]?.index ?? -1;
    if (!Number.isSafeInteger(frame.index) || frame.index <= before) {
      checks.fail("facts-frame", `${place}.index`, frame.index, `an integer over ${before}, in the stream's order`);
    }
    checkPose(place, frame, checks);
    checkVisible(place, frame, ids, checks);
  }
  checkFirstSeen(first_seen ?? [], ids, checks);
}

function checkPose(place: string, { camera_to_world: pose }: SampledFrame, checks: FactsChecks): void {
  checks.checkNumbers(`${place}.camera_to_world`, pose, 16);
  const dot = (a: number, b: number) => [0, 4, 8].reduce((sum, row) => sum + at(pose, row + a) * at(pose, row + b), 0);
  const pairs = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => ({ a, b })));
  const isRotation =
    pairs.every(({ a, b }) => Math.abs(dot(a, b) - (a === b ? 1 : 0)) <= ALIGNED_POSE_TOLERANCE) &&
    determinant(pose) > 0;
  if (!isRotation) {
    checks.fail("facts-pose", `${place}.camera_to_world`, pose, "a rotation in the upper left three rows and columns");
  }
}

/** Of the upper left three rows and columns: negative where the axes are mirrored. */
function determinant(pose: readonly number[]): number {
  const entry = (row: number, column: number) => at(pose, row * 4 + (column % 3));
  return [0, 1, 2].reduce((sum, column) => {
    const minor = entry(1, column + 1) * entry(2, column + 2) - entry(1, column + 2) * entry(2, column + 1);
    return sum + entry(0, column) * minor;
  }, 0);
}

function checkVisible(place: string, { visible }: SampledFrame, ids: ReadonlySet<number>, { fail }: FactsChecks): void {
  const seen = new Set<number>();
  for (const [position, { object_id, pixels }] of visible.entries()) {
    if (!ids.has(object_id) || seen.has(object_id)) {
      fail("facts-id", `${place}.visible[${position}].object_id`, object_id, "the id of an object, once a frame");
    }
    seen.add(object_id);
    if (!Number.isSafeInteger(pixels) || pixels < 1) {
      fail("facts-pixels", `${place}.visible[${position}].pixels`, pixels, "an integer of at least 1");
    }
  }
}

function checkFirstSeen(
  firstSeen: NonNullable<CameraFacts["first_seen"]>,
  ids: ReadonlySet<number>,
  { fail, checkNumbers }: FactsChecks,
): void {
  const seen = new Set<number>();
  for (const [position, { object_id, time_s, earliest_s = time_s }] of firstSeen.entries()) {
    const place = `camera.first_seen[${position}]`;
    if (!ids.has(object_id) || seen.has(object_id)) {
      fail("facts-id", `${place}.object_id`, object_id, "the id of an object, once");
    }
    seen.add(object_id);
    checkNumbers(`${place}.time_s`, [time_s], 1);
    if (time_s < 0) {
      fail("facts-negative", `${place}.time_s`, time_s, "seconds since the stream's first frame");
    }
    checkNumbers(`${place}.earliest_s`, [earliest_s], 1);
    if (earliest_s < 0) {
      fail("facts-negative", `${place}.earliest_s`, earliest_s, "seconds since the stream's first frame");
    }
  }
}

/** Ten thousand kilometres: Earth-centred coordinates fit, and no square or sum of such numbers overflows. */
const LARGEST_NUMBER = 1e7;

const ADVICE = "Build the scene facts again from the scan; a question from these would have no true answer.";

/** What the checks of a scene's facts share. */
export interface FactsChecks {
  /** @throws FactsError always. */
  fail(code: string, place: string, got: unknown, expected: string): never;
  /** @throws FactsError "facts-number" unless there are `count` numbers of at most 1e7. */
  checkNumbers(place: string, values: readonly number[] | undefined, count: number): void;
}

/** The checks, with the scene's name in their errors. */
export function factsChecks({ scene_name }: SceneFacts): FactsChecks {
  const file = `facts of ${JSON.stringify(scene_name)}`;
  const fail = (code: string, place: string, got: unknown, expected: string): never => {
    throw new FactsError(code, { file, place, got: describe(got), expected, advice: ADVICE });
  };
  return {
    fail,
    checkNumbers(place, values, count) {
      if (!Array.isArray(values) || values.length !== count) {
        return fail("facts-number", place, values, `${count} numbers`);
      }
      for (const [index, value] of values.entries()) {
        if (!(Math.abs(value) <= LARGEST_NUMBER) || typeof value !== "number") {
          fail(
            "facts-number",
            `${place}[${index}]`,
            value,
            `a number between -${LARGEST_NUMBER} and ${LARGEST_NUMBER}`,
          );
        }
      }
    },
  };
}

/** JSON, but with NaN and infinities by name. */
function describe(value: unknown): string {
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing");
}
