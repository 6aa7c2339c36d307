import { describeValue } from "../json/describeValue.ts";
import { isRecord } from "../json/isRecord.ts";
import { ownValue } from "../json/ownValue.ts";
import { isSafeLabel, SAFE_LABEL_RULE } from "../labels/isSafeLabel.ts";
import type { Room, SceneFacts, SceneObject, Vec3 } from "../sceneFacts.ts";
import type { MetaInfoFail } from "./metaInfoError.ts";
import { type MetaInfoBox, readMetaInfoBox } from "./readMetaInfoBox.ts";
import { LARGEST_COORDINATE, readMetaInfoNumbers } from "./readMetaInfoNumbers.ts";

/** Names of scenes become file names; 64: those of the three datasets have at most 12 characters. */
const safeName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/**
 * Reads the entry of one scene; what it makes of it stands at factsFromMetaInfo.
 *
 * @throws GeometryError with one of the codes of factsFromMetaInfo.
 */
export function readMetaInfoScene(sceneName: string, entry: unknown, fail: MetaInfoFail): SceneFacts {
  checkName(sceneName, "top level, scene name", fail);
  if (!isRecord(entry)) {
    throw fail(
      "meta-info-bad-shape",
      sceneName,
      entry,
      "an object with dataset, room_size, room_center and object_bbox",
    );
  }
  const bboxes = ownValue(entry, "object_bbox");
  if (!isRecord(bboxes)) {
    throw fail("meta-info-bad-shape", `${sceneName}.object_bbox`, bboxes, "an object of box lists by category");
  }
  const dataset = ownValue(entry, "dataset");
  if (typeof dataset !== "string") {
    throw fail("meta-info-bad-shape", `${sceneName}.dataset`, dataset, 'text such as "scannet"');
  }
  checkName(dataset, `${sceneName}.dataset`, fail);
  return {
    schema: "vsi-scene/1",
    dataset,
    scene_name: sceneName,
    room: readRoom(sceneName, entry, fail),
    objects: readObjects(sceneName, bboxes, fail),
    counts: readCounts(sceneName, ownValue(entry, "object_counts"), bboxes, fail),
    surface_distances: null,
    camera: null,
  };
}

function checkName(name: string, place: string, fail: MetaInfoFail): void {
  if (!safeName.test(name)) {
    const expected = "1 to 64 letters, digits, _ and -, the first a letter or digit";
    throw fail("meta-info-unsafe-name", place, name, expected);
  }
}

function readRoom(sceneName: string, entry: Record<string, unknown>, fail: MetaInfoFail): Room {
  const area = ownValue(entry, "room_size");
  if (typeof area !== "number" || !(area > 0 && area <= LARGEST_COORDINATE)) {
    const expected = `square metres, over 0 and at most ${LARGEST_COORDINATE}`;
    throw fail("meta-info-bad-room", `${sceneName}.room_size`, area, expected);
  }
  const place = `${sceneName}.room_center`;
  const center = readMetaInfoNumbers(ownValue(entry, "room_center"), 3, "meta-info-bad-room", place, fail);
  return { area_m2: area, center: center as Vec3, outline: null, walkable: null };
}

function readObjects(sceneName: string, bboxes: Record<string, unknown>, fail: MetaInfoFail): SceneObject[] {
  const objects: SceneObject[] = [];
  for (const [category, list] of Object.entries(bboxes)) {
    const place = `${sceneName}.object_bbox[${describeValue(category)}]`;
    if (!isSafeLabel(category) || category !== category.trim()) {
      const expected = `${SAFE_LABEL_RULE}, without blanks around them`;
      throw fail("meta-info-unsafe-name", `${sceneName}.object_bbox, category`, category, expected);
    }
    if (!Array.isArray(list)) throw fail("meta-info-bad-shape", place, list, "a list of boxes");
    if (list.length === 0) throw fail("meta-info-empty-category", place, list, "at least one box");
    const boxes = Array.from(list, (box: unknown, index) => readMetaInfoBox(box, `${place}[${index}]`, fail));
    for (const { box, aabb } of withoutRepetitions(boxes)) {
      objects.push({
        id: objects.length,
        label: category,
        category,
        excluded: null,
        points: null,
        centroid: [...box.center],
        box,
        aabb,
      });
    }
  }
  return objects;
}

function withoutRepetitions(boxes: readonly MetaInfoBox[]): Iterable<MetaInfoBox> {
  return new Map(boxes.map((box) => [JSON.stringify(box), box])).values();
}

function readCounts(
  sceneName: string,
  counts: unknown,
  bboxes: Record<string, unknown>,
  fail: MetaInfoFail,
): Record<string, number> {
  if (!isRecord(counts)) {
    throw fail("meta-info-bad-shape", `${sceneName}.object_counts`, counts, "an object of counts by category");
  }
  const place = (category: string) => `${sceneName}.object_counts[${describeValue(category)}]`;
  for (const category of Object.keys(bboxes)) {
    if (!Object.hasOwn(counts, category)) {
      throw fail("meta-info-bad-count", place(category), undefined, "a count of this category, which has boxes");
    }
  }
  // Object.fromEntries makes "__proto__" a field like any other; an assignment would not.
  return Object.fromEntries(
    Object.entries(counts).map(([category, count]) => {
      if (!Object.hasOwn(bboxes, category)) {
        throw fail("meta-info-bad-count", place(category), count, "no count of a category without boxes");
      }
      if (typeof count !== "number" || !Number.isSafeInteger(count) || count < 1) {
        throw fail("meta-info-bad-count", place(category), count, "an integer of at least 1");
      }
      return [category, count];
    }),
  );
}
