import type { AxisAlignedBox, OrientedBox, Room, SceneFacts, SceneObject, Vec3 } from "@vsi/dataset";
import { describeValue, isRecord } from "@vsi/dataset/internal";
import { AXES } from "../../axes.ts";
import { isSafeLabel, SAFE_LABEL_RULE } from "../scannet/labels.ts";
import {
  boundsOf,
  checkLengths,
  checkOrthonormal,
  checkPublishedName,
  LARGEST_COORDINATE,
  type MetaInfoFail,
  type PublishedBox,
  readMetaInfoNumbers,
} from "./values.ts";

/** A field that the forms of this family call differently. */
interface FamilyField {
  /** As it is called in known files, VSI-Bench's name first. */
  names: readonly string[];
  /** Whether a field of another name is it, by its name and its shape. */
  isLike: (name: string, value: unknown) => boolean;
}

/**
 * The fields of VSI-Bench's meta_info and its family: VLM-3R has `object_bboxes`, `min_corner` and `max_corner`,
 * VSI-590K-MetaInfo keeps the shape. Where a field has none of these names, the only one of its shape is it.
 */
const FIELDS = {
  dataset: { names: ["dataset"], isLike: (name, value) => /dataset/i.test(name) && typeof value === "string" },
  boxes: {
    names: ["object_bbox", "object_bboxes"],
    isLike: (_, value) => isRecord(value) && hasOnly(Object.values(value), (list) => isListOf(list, isRecord)),
  },
  counts: {
    names: ["object_counts"],
    isLike: (_, value) => isRecord(value) && hasOnly(Object.values(value), (count) => typeof count === "number"),
  },
  area: {
    names: ["room_size"],
    isLike: (name, value) => /room|floor|scene/i.test(name) && /size|area/i.test(name) && typeof value === "number",
  },
  roomCenter: { names: ["room_center"], isLike: (name, value) => /cent(er|re)/i.test(name) && isTriple(value) },
  centroid: { names: ["centroid"], isLike: (name, value) => /cent(er|re)/i.test(name) && isTriple(value) },
  lengths: { names: ["axesLengths"], isLike: (name, value) => /length|size|extent/i.test(name) && isTriple(value) },
  axes: { names: ["normalizedAxes"], isLike: (name, value) => /axes/i.test(name) && !isTriple(value) },
  min: { names: ["min", "min_corner"], isLike: (name, value) => /min/i.test(name) && isTriple(value) },
  max: { names: ["max", "max_corner"], isLike: (name, value) => /max/i.test(name) && isTriple(value) },
} as const satisfies Record<string, FamilyField>;

/** Whether an entry has the boxes by category that make it one of this family. */
export function isMetaInfoEntry(entry: unknown): entry is Record<string, unknown> {
  return isRecord(entry) && findField(entry, FIELDS.boxes).value !== undefined;
}

/**
 * Reads the entry of one scene; what it makes of it stands at factsFromMetaInfo.
 *
 * @throws GeometryError with one of the codes of factsFromMetaInfo.
 */
export function readMetaInfoScene(sceneName: string, entry: unknown, fail: MetaInfoFail): SceneFacts {
  checkPublishedName(sceneName, "top level, scene name", fail);
  if (!isRecord(entry)) {
    throw fail(
      "meta-info-bad-shape",
      sceneName,
      entry,
      "an object with dataset, room_size, room_center and object_bbox",
    );
  }
  const boxes = findField(entry, FIELDS.boxes);
  if (!isRecord(boxes.value)) {
    const expected = "an object of box lists by category";
    throw fail("meta-info-bad-shape", `${sceneName}.${boxes.name}`, boxes.value, expected, entry);
  }
  const dataset = findField(entry, FIELDS.dataset);
  if (typeof dataset.value !== "string") {
    const expected = 'text such as "scannet"';
    throw fail("meta-info-bad-shape", `${sceneName}.${dataset.name}`, dataset.value, expected, entry);
  }
  checkPublishedName(dataset.value, `${sceneName}.${dataset.name}`, fail);
  return {
    schema: "vsi-scene/1",
    dataset: dataset.value,
    scene_name: sceneName,
    room: readRoom(sceneName, entry, fail),
    objects: readObjects(`${sceneName}.${boxes.name}`, boxes.value, fail),
    counts: readCounts(sceneName, entry, boxes.value, fail),
    surface_distances: null,
    camera: null,
  };
}

function readRoom(sceneName: string, entry: Record<string, unknown>, fail: MetaInfoFail): Room {
  const area = findField(entry, FIELDS.area);
  if (typeof area.value !== "number" || !(area.value > 0 && area.value <= LARGEST_COORDINATE)) {
    const expected = `square metres, over 0 and at most ${LARGEST_COORDINATE}`;
    throw fail("meta-info-bad-room", `${sceneName}.${area.name}`, area.value, expected, entry);
  }
  const { name, value } = findField(entry, FIELDS.roomCenter);
  const center = readMetaInfoNumbers(value, 3, "meta-info-bad-room", `${sceneName}.${name}`, fail, entry);
  return { area_m2: area.value, center: center as Vec3, outline: null, walkable: null };
}

function readObjects(place: string, bboxes: Record<string, unknown>, fail: MetaInfoFail): SceneObject[] {
  const objects: SceneObject[] = [];
  for (const [category, list] of Object.entries(bboxes)) {
    const listPlace = `${place}[${describeValue(category)}]`;
    if (!isSafeLabel(category) || category !== category.trim()) {
      const expected = `${SAFE_LABEL_RULE}, without leading or trailing spaces`;
      throw fail("meta-info-unsafe-name", `${place}, category`, category, expected);
    }
    if (!Array.isArray(list)) throw fail("meta-info-bad-shape", listPlace, list, "a list of boxes");
    if (list.length === 0) throw fail("meta-info-empty-category", listPlace, list, "at least one box");
    const boxes = Array.from(list, (box: unknown, index) => readMetaInfoBox(box, `${listPlace}[${index}]`, fail));
    for (const { box, aabb } of withoutRepetitions(boxes)) {
      objects.push(publishedObject(objects.length, category, box, aabb));
    }
  }
  return objects;
}

/** An object that is known by its box alone. */
export function publishedObject(id: number, label: string, box: OrientedBox, aabb: AxisAlignedBox): SceneObject {
  return {
    id,
    label,
    category: label,
    excluded: null,
    points: null,
    centroid: [...box.center],
    box,
    core_size: null,
    aabb,
  };
}

function withoutRepetitions(boxes: readonly PublishedBox[]): Iterable<PublishedBox> {
  return new Map(boxes.map((box) => [JSON.stringify(box), box])).values();
}

function readCounts(
  sceneName: string,
  entry: Record<string, unknown>,
  bboxes: Record<string, unknown>,
  fail: MetaInfoFail,
): Record<string, number> {
  const { name, value: counts } = findField(entry, FIELDS.counts);
  if (!isRecord(counts)) {
    const expected = "an object of counts by category";
    throw fail("meta-info-bad-shape", `${sceneName}.${name}`, counts, expected, entry);
  }
  const place = (category: string) => `${sceneName}.${name}[${describeValue(category)}]`;
  for (const category of Object.keys(bboxes)) {
    if (!Object.hasOwn(counts, category)) {
      throw fail("meta-info-bad-count", place(category), undefined, "a count for this category, which has boxes");
    }
  }
  // Object.fromEntries makes "__proto__" a field like any other; an assignment would not.
  return Object.fromEntries(
    Object.entries(counts).map(([category, count]) => {
      if (!Object.hasOwn(bboxes, category)) {
        throw fail("meta-info-bad-count", place(category), count, "no count for a category without boxes");
      }
      if (typeof count !== "number" || !Number.isSafeInteger(count) || count < 1) {
        throw fail("meta-info-bad-count", place(category), count, "an integer of at least 1");
      }
      return [category, count];
    }),
  );
}

/**
 * Reads one entry of `object_bbox`: `{centroid[3], axesLengths[3], normalizedAxes[9], min[3], max[3]}`, metres,
 * axis-aligned, +Z up. The axes may stand as three rows of three. Without both corners the box's own bounds are taken,
 * with the corners alone the box between them. Numbers are kept as published.
 *
 * @throws GeometryError "meta-info-bad-shape" or "meta-info-degenerate-box".
 */
export function readMetaInfoBox(value: unknown, place: string, fail: MetaInfoFail): PublishedBox {
  if (!isRecord(value)) {
    throw fail("meta-info-bad-shape", place, value, "a box with centroid, axesLengths, normalizedAxes, min and max");
  }
  const numbers = (field: { name: string; value: unknown }, count: number): number[] =>
    readMetaInfoNumbers(field.value, count, "meta-info-degenerate-box", `${place}.${field.name}`, fail, value);
  const min = findField(value, FIELDS.min);
  const max = findField(value, FIELDS.max);
  const hasCorners = min.value !== undefined || max.value !== undefined;
  const aabb = hasCorners ? { min: numbers(min, 3) as Vec3, max: numbers(max, 3) as Vec3 } : null;
  for (const axis of AXES) {
    if (aabb === null || aabb.min[axis] <= aabb.max[axis]) continue;
    const expected = `at most ${aabb.max[axis]}, its max`;
    throw fail("meta-info-degenerate-box", `${place}.${min.name}[${axis}]`, aabb.min[axis], expected);
  }
  const [centroid, lengths, axes] = [FIELDS.centroid, FIELDS.lengths, FIELDS.axes].map((field) =>
    findField(value, field),
  ) as [FoundField, FoundField, FoundField];
  if (aabb !== null && [centroid, lengths, axes].every((field) => field.value === undefined)) {
    return { box: boxBetween(aabb, `${place}, ${min.name} to ${max.name}`, fail), aabb };
  }
  const rowsOfAxes = Array.isArray(axes.value) && axes.value.length === 3 ? axes.value.flat(1) : axes.value;
  const box: OrientedBox = {
    center: numbers(centroid, 3) as Vec3,
    size: numbers(lengths, 3) as Vec3,
    axes: rows(numbers({ name: axes.name, value: rowsOfAxes }, 9)),
  };
  checkLengths(box.size, `${place}.${lengths.name}`, fail);
  checkOrthonormal(box.axes, `${place}.${axes.name}`, fail);
  return { box, aabb: aabb ?? boundsOf(box) };
}

function boxBetween({ min, max }: AxisAlignedBox, place: string, fail: MetaInfoFail): OrientedBox {
  const size = AXES.map((axis) => max[axis] - min[axis]) as Vec3;
  checkLengths(size, place, fail);
  const center = AXES.map((axis) => (min[axis] + max[axis]) / 2) as Vec3;
  return {
    center,
    size,
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  };
}

function rows(numbers: number[]): OrientedBox["axes"] {
  return [numbers.slice(0, 3) as Vec3, numbers.slice(3, 6) as Vec3, numbers.slice(6, 9) as Vec3];
}

interface FoundField {
  name: string;
  /** Undefined where there is none. */
  value: unknown;
}

/** A field by one of its names, else the only field that is like it. */
function findField(entry: Record<string, unknown>, { names, isLike }: FamilyField): FoundField {
  const known = names.find((name) => Object.hasOwn(entry, name) && entry[name] !== undefined);
  if (known !== undefined) return { name: known, value: entry[known] };
  const alike = Object.entries(entry).filter(([name, value]) => !KNOWN_NAMES.has(name) && isLike(name, value));
  const [only] = alike;
  return only !== undefined && alike.length === 1
    ? { name: only[0], value: only[1] }
    : { name: names[0] ?? "", value: undefined };
}

const KNOWN_NAMES: ReadonlySet<string> = new Set(Object.values(FIELDS).flatMap(({ names }) => names));

function isTriple(value: unknown): boolean {
  return isListOf(value, (number) => typeof number === "number") && (value as unknown[]).length === 3;
}

function isListOf(value: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && hasOnly(value, isOne);
}

function hasOnly(values: readonly unknown[], isOne: (value: unknown) => boolean): boolean {
  return values.length > 0 && values.every((value) => isOne(value));
}
