import type { OrientedBox, Room, SceneFacts, SceneObject, Vec3 } from "@vsi/dataset";
import { at, isRecord, ownValue } from "@vsi/dataset/internal";
import { isSafeLabel, SAFE_LABEL_RULE } from "../scannet/labels.ts";
import { publishedObject } from "./metaInfoScene.ts";
import {
  boundsOf,
  checkLengths,
  checkOrthonormal,
  checkPublishedName,
  LARGEST_COORDINATE,
  type MetaInfoFail,
  readMetaInfoNumbers,
} from "./values.ts";

/** Whether an entry has the list of objects that makes it one of ReVSI's. */
export function isRevsiEntry(entry: unknown): entry is Record<string, unknown> {
  return isRecord(entry) && Array.isArray(ownValue(entry, "objects"));
}

/**
 * Reads one scene of ReVSI's 3d_annotation.json (Zhang et al., arXiv 2604.24300): `{dataset, scene_id, objects: [{id,
 * name, obb: {center[3], extent[3], rotation[3][3]}}], scene_area_2d_polygon, scene_area_type}`, metres, +Z up. The
 * COLUMNS of `rotation` are the box's axes, as open3d has them, where VSI-Bench's normalizedAxes holds them as rows.
 *
 * The room is the polygon, and its area what the polygon encloses. A `scene_area_type` other than "all_room" means the
 * main room alone. Without polygon or type the area is 0, and nobody can be asked about it.
 *
 * @throws GeometryError with one of the codes of factsFromMetaInfo.
 */
export function readRevsiScene(sceneName: string, entry: Record<string, unknown>, fail: MetaInfoFail): SceneFacts {
  checkPublishedName(sceneName, "top level, scene_id", fail);
  const dataset = ownValue(entry, "dataset");
  if (typeof dataset !== "string") {
    throw fail("meta-info-bad-shape", `${sceneName}.dataset`, dataset, 'text such as "scannet"', entry);
  }
  checkPublishedName(dataset, `${sceneName}.dataset`, fail);
  const objects = readObjects(sceneName, ownValue(entry, "objects") as unknown[], fail);
  return {
    schema: "vsi-scene/1",
    dataset,
    scene_name: sceneName,
    room: readRoom(sceneName, entry, objects, fail),
    objects,
    counts: null,
    surface_distances: null,
    camera: null,
  };
}

function readObjects(sceneName: string, list: readonly unknown[], fail: MetaInfoFail): SceneObject[] {
  const ids = new Map<number, number>();
  return Array.from(list, (object: unknown, index) => {
    const place = `${sceneName}.objects[${index}]`;
    if (!isRecord(object)) throw fail("meta-info-bad-shape", place, object, "an object with id, name and obb");
    const id = ownValue(object, "id");
    if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 0) {
      throw fail("meta-info-bad-shape", `${place}.id`, id, "a whole number of at least 0", object);
    }
    const other = ids.get(id);
    if (other !== undefined) {
      throw fail("meta-info-bad-shape", `${place}.id`, id, `an id of its own: objects[${other}] has this one`);
    }
    ids.set(id, index);
    const name = ownValue(object, "name");
    if (typeof name !== "string" || !isSafeLabel(name) || name !== name.trim()) {
      const expected = `${SAFE_LABEL_RULE}, without leading or trailing spaces`;
      throw fail("meta-info-unsafe-name", `${place}.name`, name, expected, object);
    }
    const box = readObb(ownValue(object, "obb"), `${place}.obb`, fail);
    return publishedObject(id, name, box, boundsOf(box));
  });
}

function readObb(value: unknown, place: string, fail: MetaInfoFail): OrientedBox {
  if (!isRecord(value)) throw fail("meta-info-bad-shape", place, value, "a box with center, extent and rotation");
  const numbers = (field: string, found: unknown, count: number): number[] =>
    readMetaInfoNumbers(found, count, "meta-info-degenerate-box", `${place}.${field}`, fail, value);
  const center = numbers("center", ownValue(value, "center"), 3) as Vec3;
  const size = numbers("extent", ownValue(value, "extent"), 3) as Vec3;
  const rotation = ownValue(value, "rotation");
  if (!Array.isArray(rotation) || rotation.length !== 3) {
    throw fail("meta-info-degenerate-box", `${place}.rotation`, rotation, "a list of 3 rows of 3 numbers", value);
  }
  const rows = Array.from(rotation, (row: unknown, index) => numbers(`rotation[${index}]`, row, 3));
  const column = (index: number): Vec3 => rows.map((row) => at(row, index)) as Vec3;
  const axes: OrientedBox["axes"] = [column(0), column(1), column(2)];
  checkLengths(size, `${place}.extent`, fail);
  checkOrthonormal(axes, `${place}.rotation`, fail);
  return { center, size, axes };
}

function readRoom(
  sceneName: string,
  entry: Record<string, unknown>,
  objects: readonly SceneObject[],
  fail: MetaInfoFail,
): Room {
  const polygon = ownValue(entry, "scene_area_2d_polygon") ?? null;
  const type = ownValue(entry, "scene_area_type") ?? null;
  const corners = objects.flatMap(({ aabb }) => [aabb.min, aabb.max]);
  if (polygon === null || type === null) {
    return { area_m2: 0, center: centerOf(corners, corners), outline: null, walkable: null };
  }
  const place = `${sceneName}.scene_area_2d_polygon`;
  const outline = readPolygon(polygon, place, fail);
  const area = signedArea(outline);
  if (!(Math.abs(area) > 0 && Math.abs(area) <= LARGEST_COORDINATE)) {
    const expected = `a polygon of over 0 and at most ${LARGEST_COORDINATE} square metres`;
    throw fail("meta-info-bad-room", place, Math.abs(area), expected);
  }
  if (typeof type !== "string") {
    throw fail("meta-info-bad-room", `${sceneName}.scene_area_type`, type, 'text such as "all_room"');
  }
  return {
    area_m2: Math.abs(area),
    center: centerOf(outline, corners),
    outline: [area < 0 ? outline.toReversed() : outline],
    walkable: null,
    ...(type === "all_room" ? {} : { rooms: "main" as const }),
  };
}

/** A polygon's corners; the first one said again at the end is left out. */
function readPolygon(value: unknown, place: string, fail: MetaInfoFail): [number, number][] {
  if (!Array.isArray(value)) throw fail("meta-info-bad-room", place, value, "a list of points [x, y]");
  const points = Array.from(
    value,
    (point: unknown, index) =>
      readMetaInfoNumbers(point, 2, "meta-info-bad-room", `${place}[${index}]`, fail) as [number, number],
  );
  const [first, last] = [points[0], points.at(-1)];
  if (points.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1]) points.pop();
  if (points.length < 3) throw fail("meta-info-bad-room", place, value, "at least 3 points [x, y]");
  return points;
}

/** By the shoelace formula, over 0 counter-clockwise. Relative to the first point: far from the origin, products lose digits. */
function signedArea(ring: readonly (readonly [number, number])[]): number {
  const [originX, originY] = at(ring, 0);
  let doubled = 0;
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = at(ring, (index + 1) % ring.length);
    doubled += (x - originX) * (nextY - originY) - (nextX - originX) * (y - originY);
  }
  return doubled / 2;
}

/** The middle of the floor's extents, at half the height of the objects'; 0 where there is neither. */
function centerOf(floor: readonly (readonly number[])[], corners: readonly Vec3[]): Vec3 {
  const middle = (points: readonly (readonly number[])[], axis: number): number => {
    if (points.length === 0) return 0;
    const along = points.map((point) => at(point, axis));
    const least = along.reduce((a, b) => Math.min(a, b));
    return (least + along.reduce((a, b) => Math.max(a, b))) / 2;
  };
  return [middle(floor, 0), middle(floor, 1), middle(corners, 2)];
}
