import { MOST_WALKABLE_CELLS, readCellRuns, type SceneFacts, type SceneObject, type WalkableGrid } from "@vsi/geometry";
import { factsChecks } from "./factsChecks.ts";
import { validateCamera } from "./validateCamera.ts";

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
  if (facts.camera) {
    validateCamera(facts.camera, ids, checks);
  }
}
