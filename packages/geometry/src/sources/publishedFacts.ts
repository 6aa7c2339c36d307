import type { AxisAlignedBox, OrientedBox, Room, SceneFacts, SceneObject, Vec3 } from "@vsi/dataset";
import { checkOptions, describeValue, FUNCTION, isRecord, ownValue, TEXT } from "@vsi/dataset/internal";
import { AXES } from "../axes.ts";
import { GeometryError } from "../errors.ts";
import { isSafeLabel, SAFE_LABEL_RULE } from "./scannet/labels.ts";

/** How published scene facts are read. */
export interface MetaInfoOptions {
  /** The file as errors name it, POSIX separators. Default: "meta info". */
  file: string;
  /** Called for a scene that cannot be used, which is then left out. By default the first one is thrown. */
  onBadScene: (sceneName: string, error: GeometryError) => void;
}

/** Used where the caller does not say: the first bad scene is thrown. */
export const META_INFO_DEFAULTS: MetaInfoOptions = {
  file: "meta info",
  onBadScene: (_sceneName, error) => {
    throw error;
  },
};

/**
 * Makes scene facts from VSI-Bench's published ones (`<dataset>_meta_info_val.json` of ScanNet, ARKitScenes and
 * ScanNet++; Yang et al., arXiv 2412.14171): no mesh is needed. They describe the benchmark's own test rooms.
 *
 * An object's label and category are its key in `object_bbox`, ids count in the file's order, the centroid is the
 * box's. A box that stands twice in a category is taken once: the ScanNet file doubles every printer of 9 of its 88
 * scans, and its object_counts confirm the single number. Where counts still differ from boxes (chairs of scene0474_04:
 * 4 boxes, count 3; of scene0500_00 chairs: 39 and 38, windows: 5 and 7), `counts` keeps what was published.
 *
 * @param json the parsed file: an object by scene name of `{dataset, room_size, room_center, object_counts, object_bbox}`;
 * other fields are ignored.
 * @returns facts ordered by scene name, in metres, axis-aligned, +Z up. Numbers are not rounded: only as published do they
 * give the benchmark's answers. JSON.stringify and JSON.parse give them back unchanged.
 * @throws GeometryError "meta-info-bad-shape", at once when the file as a whole is something else; for a scene also
 * "meta-info-empty-category", "meta-info-degenerate-box", "meta-info-bad-room", "meta-info-bad-count",
 * "meta-info-unsafe-name", with a place such as `scene0251_00.object_bbox["chair"][0].axesLengths[1]`.
 *
 * @example
 * ```js
 * import { factsFromMetaInfo } from "@vsi/geometry";
 *
 * const desk = {
 *   centroid: [0, 0, 0.4], axesLengths: [1.2, 0.6, 0.8], normalizedAxes: [1, 0, 0, 0, 1, 0, 0, 0, 1],
 *   min: [-0.6, -0.3, 0], max: [0.6, 0.3, 0.8],
 * };
 * const room = { dataset: "arkitscenes", room_size: 12, room_center: [0, 0, 1] };
 * const [facts] = factsFromMetaInfo({ mine: { ...room, object_counts: { desk: 1 }, object_bbox: { desk: [desk] } } });
 * console.log(facts.objects[0].label, facts.room.area_m2); // desk 12
 * ```
 */
export function factsFromMetaInfo(json: unknown, options: Partial<MetaInfoOptions> = {}): SceneFacts[] {
  checkOptions(options, { file: TEXT, onBadScene: FUNCTION }, "factsFromMetaInfo");
  const { file, onBadScene } = { ...META_INFO_DEFAULTS, ...options };
  const fail = metaInfoFail(file);
  if (!isRecord(json)) throw fail("meta-info-bad-shape", "top level", json, "an object of scenes by name");
  const scenes = Object.entries(json);
  if (!scenes.some(([, entry]) => isRecord(entry) && Object.hasOwn(entry, "object_bbox"))) {
    throw fail("meta-info-bad-shape", "top level", json, "scenes by name, each an object with object_bbox");
  }
  // By code units: the same order on every machine.
  scenes.sort(([first], [second]) => (first < second ? -1 : 1));
  const facts: SceneFacts[] = [];
  for (const [sceneName, entry] of scenes) {
    try {
      facts.push(readMetaInfoScene(sceneName, entry, fail));
    } catch (error) {
      if (!(error instanceof GeometryError)) throw error;
      onBadScene(sceneName, error);
    }
  }
  return facts;
}

/** Makes the error for one value of a meta-info file; `got` is the value itself. */
type MetaInfoFail = (code: string, place: string, got: unknown, expected: string) => GeometryError;

/** The errors of one file, which all give the same advice. */
export function metaInfoFail(file: string): MetaInfoFail {
  return (code, place, got, expected) =>
    new GeometryError(code, {
      file,
      place,
      got: describeValue(got),
      expected,
      advice:
        "The file is damaged or not VSI-Bench's published scene facts (<dataset>_meta_info_val.json); download it again.",
    });
}

/** Names of scenes become file names; 64: those of the three datasets have at most 12 characters. */
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

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
  if (!SAFE_NAME.test(name)) {
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
      const expected = `${SAFE_LABEL_RULE}, without leading or trailing spaces`;
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
        core_size: null,
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
 * Metres: VSI-Bench's sampled distance finds no points on thinner boxes. The shortest of 3,672 published edges is 1 cm.
 */
const SHORTEST_LENGTH = 1e-6;

/**
 * How far products of axes may be from those of an orthonormal frame: 4.4e-16 at most in the 1,224 published boxes of
 * ScanNet; 1e-6 also takes axes that went through float32, and moves the end of a 10 m box by 5 micrometres.
 */
export const AXES_TOLERANCE = 1e-6;

/** One published box. */
interface MetaInfoBox {
  box: OrientedBox;
  aabb: AxisAlignedBox;
}

/**
 * Reads one entry of `object_bbox`: `{centroid[3], axesLengths[3], normalizedAxes[9], min[3], max[3]}`, metres,
 * axis-aligned, +Z up. Left-handed axes are a frame like any other. Numbers are kept as published.
 *
 * @throws GeometryError "meta-info-bad-shape" or "meta-info-degenerate-box".
 */
export function readMetaInfoBox(value: unknown, place: string, fail: MetaInfoFail): MetaInfoBox {
  if (!isRecord(value)) {
    throw fail("meta-info-bad-shape", place, value, "a box with centroid, axesLengths, normalizedAxes, min and max");
  }
  const read = (field: string, count: number): number[] =>
    readMetaInfoNumbers(ownValue(value, field), count, "meta-info-degenerate-box", `${place}.${field}`, fail);
  const center = read("centroid", 3) as Vec3;
  const size = read("axesLengths", 3) as Vec3;
  const axes = rows(read("normalizedAxes", 9));
  const aabb = { min: read("min", 3) as Vec3, max: read("max", 3) as Vec3 };
  for (const axis of AXES) {
    if (size[axis] <= SHORTEST_LENGTH) {
      const expected = `a length over ${SHORTEST_LENGTH} m`;
      throw fail("meta-info-degenerate-box", `${place}.axesLengths[${axis}]`, size[axis], expected);
    }
    if (aabb.min[axis] > aabb.max[axis]) {
      const expected = `at most ${aabb.max[axis]}, its max`;
      throw fail("meta-info-degenerate-box", `${place}.min[${axis}]`, aabb.min[axis], expected);
    }
  }
  checkOrthonormal(axes, `${place}.normalizedAxes`, fail);
  return { box: { center, size, axes }, aabb };
}

function rows(numbers: number[]): OrientedBox["axes"] {
  return [numbers.slice(0, 3) as Vec3, numbers.slice(3, 6) as Vec3, numbers.slice(6, 9) as Vec3];
}

function checkOrthonormal(axes: OrientedBox["axes"], place: string, fail: MetaInfoFail): void {
  for (const first of AXES) {
    for (const second of AXES.slice(first)) {
      const product = AXES.reduce<number>((sum, axis) => sum + axes[first][axis] * axes[second][axis], 0);
      const right = first === second ? 1 : 0;
      if (Math.abs(product - right) <= AXES_TOLERANCE) continue;
      const expected = `${right} as the product of row ${first} and row ${second} of three orthonormal rows, within ${AXES_TOLERANCE}`;
      throw fail("meta-info-degenerate-box", place, product, expected);
    }
  }
}

/** Ten thousand kilometres: Earth-centred coordinates fit, and no square or product of such numbers overflows. */
export const LARGEST_COORDINATE = 1e7;

/**
 * Reads a list of coordinates or direction components; -0 becomes 0, as it would in JSON.
 *
 * @param code of the error for a list that is not `count` finite numbers between -1e7 and 1e7.
 */
export function readMetaInfoNumbers(
  value: unknown,
  count: number,
  code: string,
  place: string,
  fail: MetaInfoFail,
): number[] {
  if (!Array.isArray(value) || value.length !== count) throw fail(code, place, value, `a list of ${count} numbers`);
  return Array.from(value, (component: unknown, index) => {
    if (typeof component === "number" && Math.abs(component) <= LARGEST_COORDINATE) return component + 0;
    const expected = `a number between -${LARGEST_COORDINATE} and ${LARGEST_COORDINATE}`;
    throw fail(code, `${place}[${index}]`, component, expected);
  });
}
