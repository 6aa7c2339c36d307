import type { SceneFacts } from "@vsi/dataset";
import { checkOptions, FUNCTION, isRecord, median, TEXT } from "@vsi/dataset/internal";
import { GeometryError } from "../errors.ts";
import { isMetaInfoEntry, readMetaInfoScene } from "./published/metaInfoScene.ts";
import { isRevsiEntry, readRevsiScene } from "./published/revsiScene.ts";
import { type MetaInfoFail, metaInfoFail } from "./published/values.ts";

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
 * Makes scene facts from published ones: no mesh is needed. The form is told by its shape:
 * - VSI-Bench's `<dataset>_meta_info_val.json` (Yang et al., arXiv 2412.14171) and its family: VLM-3R's metadata
 *   (arXiv 2505.20279: `object_bboxes`, `min_corner`, `max_corner`) and VSI-590K-MetaInfo, fields of other names by
 *   their shape;
 * - ReVSI's 3d_annotation.json (arXiv 2604.24300): a list, see readRevsiScene.
 *
 * In VSI-Bench's family an object's label and category are its key in `object_bbox`, ids count in the file's order, the centroid is the
 * box's. A box that stands twice in a category is taken once: the ScanNet file doubles every printer of 9 of its 88
 * scans, and its object_counts confirm the single number. Where counts still differ from boxes (chairs of scene0474_04:
 * 4 boxes, count 3; of scene0500_00 chairs: 39 and 38, windows: 5 and 7), `counts` keeps what was published.
 *
 * @param json the parsed file: an object by scene name, or a list, of `{dataset, room_size, room_center, object_counts,
 * object_bbox}` or ReVSI's entries; other fields are ignored.
 * @returns facts ordered by scene name, in metres, axis-aligned, +Z up. Numbers are not rounded: only as published do they
 * give the benchmark's answers. JSON.stringify and JSON.parse give them back unchanged.
 * @throws GeometryError "meta-info-bad-shape", at once when the file as a whole is something else; for a scene also
 * "meta-info-empty-category", "meta-info-degenerate-box", "meta-info-bad-room", "meta-info-bad-count",
 * "meta-info-unsafe-name", "meta-info-not-metres", with a place such as `scene0251_00.object_bbox["chair"][0].axesLengths[1]`.
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
  const scenes = scenesOf(json, fail);
  // By code units: the same order on every machine.
  scenes.sort(([first], [second]) => (first < second ? -1 : 1));
  const facts: SceneFacts[] = [];
  for (const [index, [sceneName, entry]] of scenes.entries()) {
    try {
      if (scenes[index - 1]?.[0] === sceneName) {
        throw fail("meta-info-scene-twice", sceneName, sceneName, "each scene once");
      }
      const scene = isRevsiEntry(entry)
        ? readRevsiScene(sceneName, entry, fail)
        : readMetaInfoScene(sceneName, entry, fail);
      checkMetres(scene, fail);
      facts.push(scene);
    } catch (error) {
      if (!(error instanceof GeometryError)) throw error;
      onBadScene(sceneName, error);
    }
  }
  return facts;
}

/**
 * 20 m for half of a scene's objects to be longer than: in VSI-Bench's 88 scenes of ScanNet the median of the longest
 * edges is 0.3 to 3.4 m. The same rooms in centimetres have 30 to 340.
 */
const LONGEST_MEDIAN_EDGE = 20;

/** Rooms in centimetres or millimetres would give sizes and distances that look like answers. */
function checkMetres({ scene_name, objects }: SceneFacts, fail: MetaInfoFail): void {
  if (objects.length === 0) return;
  const middle = median(objects.map(({ box }) => Math.max(...box.size)));
  if (middle <= LONGEST_MEDIAN_EDGE) return;
  const expected = `metres: a median of the boxes' longest edges of at most ${LONGEST_MEDIAN_EDGE}`;
  throw fail("meta-info-not-metres", `${scene_name}, boxes`, middle, expected);
}

/** The fields of a list's entries that name their scene: ReVSI's first, Apple's last. */
const NAME_FIELDS = ["scene_id", "scene_name", "scene", "video_id"] as const;

/** @returns names and entries. @throws GeometryError "meta-info-bad-shape" for JSON of something else. */
function scenesOf(json: unknown, fail: MetaInfoFail): [sceneName: string, entry: unknown][] {
  const expected =
    "scenes by name, each an object with object_bbox (VSI-Bench, VLM-3R, VSI-590K), or a list of scenes, each with scene_id and objects (ReVSI)";
  if (typeof json !== "object" || json === null) throw fail("meta-info-bad-shape", "top level", json, expected);
  const entries = Object.entries(json).map(([key, entry]): [string | undefined, unknown] => [
    Array.isArray(json) ? nameOf(entry) : key,
    entry,
  ]);
  const [first] = Object.values(json) as unknown[];
  if (!entries.some(([, entry]) => isMetaInfoEntry(entry) || isRevsiEntry(entry))) {
    // The fields of the first scene tell in what the form differs; of a single scene, or of JSON of something else, its own.
    if (isRecord(first)) throw fail("meta-info-bad-shape", "first scene, boxes of objects", undefined, expected, first);
    throw isRecord(json)
      ? fail("meta-info-bad-shape", "top level, scenes", undefined, expected, json)
      : fail("meta-info-bad-shape", "top level", json, expected);
  }
  return entries.map(([name, entry], index) => {
    if (name !== undefined) return [name, entry];
    throw fail(
      "meta-info-bad-shape",
      `[${index}].scene_id`,
      undefined,
      `the scene's name, in one of the fields ${NAME_FIELDS.join(", ")}`,
      isRecord(entry) ? entry : {},
    );
  });
}

function nameOf(entry: unknown): string | undefined {
  if (!isRecord(entry)) return undefined;
  const name = NAME_FIELDS.map((field) => entry[field]).find((value) => value !== undefined);
  // ARKitScenes' names are numbers, and tools that write tables take them for such.
  return typeof name === "string" || Number.isSafeInteger(name) ? String(name) : undefined;
}
