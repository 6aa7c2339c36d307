import { MOST_WALKABLE_CELLS, readCellRuns, type SceneFacts, type SceneObject, type WalkableGrid } from "@vsi/geometry";
import { FactsError } from "../errors/factsError.ts";

/** Ten thousand kilometres: Earth-centred coordinates fit, and no square or sum of such numbers overflows. */
const LARGEST_NUMBER = 1e7;

/** ScanNet's scans hold a few hundred objects. At this number the ranks of sets of four are still exact integers. */
const MOST_OBJECTS = 4096;

const ADVICE = "Build the scene facts again from the scan; a question from these would have no true answer.";

/**
 * Checks what questions rest on: names, labels, ids, and that every number is one.
 *
 * @throws FactsError "facts-number" (NaN, infinite, missing, or over 1e7), "facts-negative" (a size, area or distance),
 * "facts-name" (a dataset or scene name that is empty or holds a line break), "facts-label" (an empty label or category),
 * "facts-id" (an id that is no integer or stands twice), "facts-count" (a published count that is no positive integer),
 * "facts-too-many" (over 4,096 objects), "facts-walkable" (a grid of the floor that cannot be read).
 */
export function validateFacts(facts: SceneFacts): void {
  const file = `facts of ${JSON.stringify(facts.scene_name)}`;
  const fail = (code: string, place: string, got: unknown, expected: string): never => {
    throw new FactsError(code, { file, place, got: describe(got), expected, advice: ADVICE });
  };
  const checkNumbers = (place: string, values: readonly number[], count: number): void => {
    if (!Array.isArray(values) || values.length !== count) {
      fail("facts-number", place, values, `${count} numbers`);
    }
    for (const [index, value] of values.entries()) {
      if (!(Math.abs(value) <= LARGEST_NUMBER) || typeof value !== "number") {
        fail("facts-number", `${place}[${index}]`, value, `a number between -${LARGEST_NUMBER} and ${LARGEST_NUMBER}`);
      }
    }
  };
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
      checkNumbers(`${place}.box.axes[${axis}]`, object.box.axes[axis]!, 3);
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
}

/** JSON, but with NaN and infinities by name. */
function describe(value: unknown): string {
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing");
}
