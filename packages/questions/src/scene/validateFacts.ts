import type { DatasetSplit } from "@vsi/dataset";
import { at, shownJson } from "@vsi/dataset/internal";
import type { CameraFacts, SampledFrame, SceneFacts, SceneObject } from "@vsi/geometry";
import {
  ALIGNED_POSE_TOLERANCE,
  LEAST_WALKABLE_CELL_M,
  MOST_WALKABLE_CELLS,
  readCellRuns,
} from "@vsi/geometry/internal";
import { FactsError } from "../errors.ts";

/** ScanNet's scans hold a few hundred objects. At this number the ranks of sets of four are still exact integers. */
const MOST_OBJECTS = 4096;

const SPLITS: readonly DatasetSplit[] = ["train", "validation", "test"];

/**
 * Checks what questions rest on: that every part is there and of its kind, names, labels, ids, and that every number is
 * one. Facts may come from a file or from JavaScript without types: whatever they hold, nothing else is thrown.
 *
 * @throws FactsError "facts-shape" (an object or list that is missing or of another kind), "facts-number" (NaN, infinite,
 * missing, or over 1e7), "facts-negative" (a size, area or distance), "facts-name" (the name of a dataset, scene or room
 * that is empty or holds a line break, or a split of another name), "facts-label" (an empty label or category), "facts-id" (an id that is no integer or
 * stands twice), "facts-count" (a published count that is no positive integer), "facts-too-many" (over 4,096 objects),
 * "facts-walkable" (a grid of the floor that cannot be read), and those of validateCamera where there is a stream.
 */
export function validateFacts(facts: SceneFacts): void {
  const checks = factsChecks(facts);
  const { fail, checkNumber, checkNumbers, checkObject, checkList } = checks;
  checkObject("the facts", facts);
  for (const field of ["dataset", "scene_name"] as const) {
    if (typeof facts[field] !== "string" || !/^[^\r\n]+$/.test(facts[field])) {
      fail("facts-name", field, facts[field], "a name on one line");
    }
  }
  const { physical_room, room_split } = facts;
  if (physical_room !== undefined && (typeof physical_room !== "string" || !/^[^\r\n]+$/.test(physical_room))) {
    fail("facts-name", "physical_room", physical_room, "a name on one line, or none");
  }
  if (room_split !== undefined && !SPLITS.includes(room_split)) {
    fail("facts-name", "room_split", room_split, `one of ${SPLITS.join(", ")}, or none`);
  }
  checkList("objects", facts.objects);
  if (facts.objects.length > MOST_OBJECTS) {
    fail("facts-too-many", "objects", facts.objects.length, `at most ${MOST_OBJECTS} objects`);
  }
  checkRoom(facts.room, checks);
  const ids = new Set<number>();
  for (const [index, object] of facts.objects.entries()) {
    const place = `objects[${index}]`;
    checkObject(place, object);
    if (!Number.isSafeInteger(object.id) || ids.has(object.id)) {
      fail("facts-id", `${place}.id`, object.id, "an integer that no other object has");
    }
    ids.add(object.id);
    checkSceneObject(place, object, checks);
  }
  if (isGiven(facts.surface_distances)) {
    checkList("surface_distances", facts.surface_distances);
    for (const [index, pair] of facts.surface_distances.entries()) {
      const place = `surface_distances[${index}]`;
      checkObject(place, pair);
      for (const side of ["a", "b"] as const) {
        if (!Number.isSafeInteger(pair[side])) fail("facts-id", `${place}.${side}`, pair[side], "the id of an object");
      }
      checkNumber(`${place}.distance_m`, pair.distance_m);
      if (pair.distance_m < 0) {
        fail("facts-negative", `${place}.distance_m`, pair.distance_m, "a distance of at least 0");
      }
      if (isGiven(pair.closest)) {
        checkList(`${place}.closest`, pair.closest);
        for (const side of [0, 1] as const) checkNumbers(`${place}.closest[${side}]`, pair.closest[side], 3);
      }
    }
  }
  if (isGiven(facts.counts)) {
    checkObject("counts", facts.counts);
    for (const [category, count] of Object.entries(facts.counts)) {
      if (!Number.isSafeInteger(count) || count < 1) {
        fail("facts-count", `counts[${JSON.stringify(category)}]`, count, "an integer of at least 1");
      }
    }
  }
  if (isGiven(facts.camera)) {
    validateCamera(facts.camera, ids, checks);
  }
  if (isGiven(facts.unposed_frames)) {
    checkObject("unposed_frames", facts.unposed_frames);
    checkNamedFrames("unposed_frames", facts.unposed_frames.frames, checks, () => {});
    if (isGiven(facts.camera)) fail("facts-frame", "unposed_frames", "frames", "none beside a camera's");
  }
}

/** A list of frames in the stream's order, each of a name of its own; `checkRest` of one looks at what else it has. */
function checkNamedFrames<Frame extends { name: string; index: number }>(
  place: string,
  frames: readonly Frame[],
  checks: FactsChecks,
  checkRest: (place: string, frame: Frame) => void,
): void {
  checks.checkList(`${place}.frames`, frames);
  const names = new Set<string>();
  let before = -1;
  for (const [position, frame] of frames.entries()) {
    const where = `${place}.frames[${position}]`;
    checks.checkObject(where, frame);
    if (typeof frame.name !== "string" || frame.name === "" || names.has(frame.name)) {
      checks.fail("facts-frame", `${where}.name`, frame.name, "a name that no other frame has");
    }
    names.add(frame.name);
    if (!Number.isSafeInteger(frame.index) || frame.index <= before) {
      checks.fail("facts-frame", `${where}.index`, frame.index, `an integer over ${before}, in the stream's order`);
    }
    before = frame.index;
    checkRest(where, frame);
  }
}

/** Facts of older versions lack the parts that came later. */
function isGiven<Value>(value: Value): value is NonNullable<Value> {
  return value !== null && value !== undefined;
}

function checkRoom(room: SceneFacts["room"], { fail, checkNumber, checkNumbers, checkObject }: FactsChecks): void {
  checkObject("room", room);
  checkNumber("room.area_m2", room.area_m2);
  if (room.area_m2 < 0) {
    fail("facts-negative", "room.area_m2", room.area_m2, "an area of at least 0");
  }
  if (!isGiven(room.walkable)) {
    return;
  }
  checkObject("room.walkable", room.walkable);
  const { origin, cell_m, columns, rows, cells } = room.walkable;
  checkNumbers("room.walkable.origin", origin, 2);
  checkNumber("room.walkable.cell_m", cell_m);
  const isWhole = Number.isInteger(columns) && Number.isInteger(rows) && columns > 0 && rows > 0;
  if (!isWhole || columns * rows > MOST_WALKABLE_CELLS || cell_m < LEAST_WALKABLE_CELL_M) {
    const expected = `at least one column and row, at most ${MOST_WALKABLE_CELLS} cells, of at least ${LEAST_WALKABLE_CELL_M} m`;
    fail("facts-walkable", "room.walkable", { cell_m, columns, rows }, expected);
  }
  if (typeof cells !== "string" || readCellRuns(cells, columns * rows) === null) {
    fail("facts-walkable", "room.walkable.cells", cells, `lengths of runs that sum to ${columns * rows}`);
  }
}

function checkSceneObject(place: string, object: SceneObject, checks: FactsChecks): void {
  const { fail, checkNumber, checkNumbers, checkObject, checkList } = checks;
  for (const name of ["label", "category"] as const) {
    if (typeof object[name] !== "string" || object[name].trim() === "") {
      fail("facts-label", `${place}.${name}`, object[name], "a word");
    }
  }
  if (isGiven(object.excluded) && typeof object.excluded !== "string") {
    fail("facts-shape", `${place}.excluded`, object.excluded, "a reason, or null");
  }
  if (isGiven(object.points)) {
    checkNumber(`${place}.points`, object.points);
  }
  checkNumbers(`${place}.centroid`, object.centroid, 3);
  checkObject(`${place}.box`, object.box);
  checkNumbers(`${place}.box.center`, object.box.center, 3);
  checkList(`${place}.box.axes`, object.box.axes);
  for (const axis of [0, 1, 2]) {
    checkNumbers(`${place}.box.axes[${axis}]`, object.box.axes[axis], 3);
  }
  checkNumbers(`${place}.box.size`, object.box.size, 3);
  if (object.box.size.some((length) => length < 0)) {
    fail("facts-negative", `${place}.box.size`, object.box.size, "lengths of at least 0");
  }
  if (isGiven(object.aabb)) {
    checkObject(`${place}.aabb`, object.aabb);
    for (const end of ["min", "max"] as const) {
      checkNumbers(`${place}.aabb.${end}`, object.aabb[end], 3);
    }
  }
  if (isGiven(object.core_size)) {
    checkNumbers(`${place}.core_size`, object.core_size, 3);
    if (object.core_size.some((length) => length < 0)) {
      fail("facts-negative", `${place}.core_size`, object.core_size, "lengths of at least 0");
    }
  }
}

/**
 * Checks what questions about a stream rest on.
 *
 * @param ids of the facts' objects.
 * @throws FactsError "facts-shape" (no object or no list where one belongs), "facts-frame" (no name or one that stands twice, frames out of order),
 * "facts-number" (a pose or time that is none), "facts-pose" (no rotation), "facts-id" (an object that the facts do not
 * have, or twice in a frame), "facts-pixels" (no positive integer), "facts-negative" (a time before the stream's
 * start).
 */
export function validateCamera(camera: CameraFacts, ids: ReadonlySet<number>, checks: FactsChecks): void {
  checks.checkObject("camera", camera);
  const { frames, first_seen } = camera;
  checkNamedFrames("camera", frames, checks, (place, frame) => {
    checkPose(place, frame, checks);
    checkVisible(place, frame, ids, checks);
  });
  if (isGiven(first_seen)) {
    checkFirstSeen(first_seen, ids, checks);
  }
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

function checkVisible(place: string, { visible }: SampledFrame, ids: ReadonlySet<number>, checks: FactsChecks): void {
  const { fail, checkNumber, checkObject, checkList } = checks;
  checkList(`${place}.visible`, visible);
  const seen = new Set<number>();
  for (const [position, sight] of visible.entries()) {
    checkObject(`${place}.visible[${position}]`, sight);
    const { object_id, pixels, distance_m } = sight;
    if (!ids.has(object_id) || seen.has(object_id)) {
      fail("facts-id", `${place}.visible[${position}].object_id`, object_id, "the id of an object, once a frame");
    }
    seen.add(object_id);
    if (!Number.isSafeInteger(pixels) || pixels < 1) {
      fail("facts-pixels", `${place}.visible[${position}].pixels`, pixels, "an integer of at least 1");
    }
    if (distance_m !== undefined) {
      checkNumber(`${place}.visible[${position}].distance_m`, distance_m);
      if (distance_m < 0) {
        fail("facts-negative", `${place}.visible[${position}].distance_m`, distance_m, "a distance of at least 0");
      }
    }
  }
}

function checkFirstSeen(
  firstSeen: NonNullable<CameraFacts["first_seen"]>,
  ids: ReadonlySet<number>,
  { fail, checkNumber, checkObject, checkList }: FactsChecks,
): void {
  checkList("camera.first_seen", firstSeen);
  const seen = new Set<number>();
  for (const [position, sight] of firstSeen.entries()) {
    const place = `camera.first_seen[${position}]`;
    checkObject(place, sight);
    const { object_id, time_s, earliest_s = time_s } = sight;
    if (!ids.has(object_id) || seen.has(object_id)) {
      fail("facts-id", `${place}.object_id`, object_id, "the id of an object, once");
    }
    seen.add(object_id);
    checkNumber(`${place}.time_s`, time_s);
    if (time_s < 0) {
      fail("facts-negative", `${place}.time_s`, time_s, "seconds since the stream's first frame");
    }
    checkNumber(`${place}.earliest_s`, earliest_s);
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
  /** @throws FactsError "facts-number" unless it is a number of at most 1e7. */
  checkNumber(place: string, value: number | undefined): void;
  /** @throws FactsError "facts-number" unless there are `count` numbers of at most 1e7. */
  checkNumbers(place: string, values: readonly number[] | undefined, count: number): void;
  /** @throws FactsError "facts-shape" unless it is an object. */
  checkObject(place: string, value: unknown): void;
  /** @throws FactsError "facts-shape" unless it is a list. */
  checkList(place: string, value: unknown): void;
}

/** The checks, with the scene's name in their errors. */
export function factsChecks(facts: SceneFacts): FactsChecks {
  const file = `facts of ${describe((facts as SceneFacts | null)?.scene_name)}`;
  const fail = (code: string, place: string, got: unknown, expected: string): never => {
    throw new FactsError(code, { file, place, got: describe(got), expected, advice: ADVICE });
  };
  const isNumber = (value: number | undefined): boolean =>
    typeof value === "number" && Math.abs(value) <= LARGEST_NUMBER;
  const checkNumber = (place: string, value: number | undefined): void => {
    if (!isNumber(value)) {
      fail("facts-number", place, value, `a number between -${LARGEST_NUMBER} and ${LARGEST_NUMBER}`);
    }
  };
  return {
    fail,
    checkNumber,
    checkObject(place, value) {
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        fail("facts-shape", place, value, "an object");
      }
    },
    checkList(place, value) {
      if (!Array.isArray(value)) {
        fail("facts-shape", place, value, "a list");
      }
    },
    checkNumbers(place, values, count) {
      if (!Array.isArray(values) || values.length !== count) {
        return fail("facts-number", place, values, `${count} numbers`);
      }
      // A place is put into words only where something is wrong there.
      for (let index = 0; index < count; index += 1) {
        if (!isNumber(values[index])) checkNumber(`${place}[${index}]`, values[index]);
      }
    },
  };
}

/** Room for a pose of 16 numbers, while a misplaced mesh does not fill the terminal. */
const LONGEST_SHOWN_VALUE = 500;

/** JSON, but with NaN and infinities by name; cut when it is long. */
function describe(value: unknown): string {
  if (typeof value === "number") {
    return String(value);
  }
  if (Array.isArray(value) && value.length > LONGEST_SHOWN_VALUE) {
    return `a list of ${value.length}`;
  }
  const text = shownJson(value);
  return text.length > LONGEST_SHOWN_VALUE ? `${text.slice(0, LONGEST_SHOWN_VALUE)}…` : text;
}
