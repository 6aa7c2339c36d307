import { GeometryError } from "../geometryError.ts";
import { isRecord } from "../json/isRecord.ts";
import type { SceneFacts } from "../sceneFacts.ts";
import { metaInfoFail } from "./metaInfoError.ts";
import { readMetaInfoScene } from "./readMetaInfoScene.ts";

export interface MetaInfoOptions {
  /** The file as the user knows it, POSIX separators. */
  file: string;
  /** Called for a scene that cannot be used, which is then left out. */
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
 * An object's label and category are its key in `object_bbox`, ids count in the file's order, the centroid is the box's.
 * A box that stands twice in a category is taken once: the ScanNet file doubles every printer of 9 of its 88 scans, and
 * its object_counts confirm the single number. Where counts still differ from boxes (chairs of scene0474_04: 4 boxes, count 3;
 * of scene0500_00 chairs: 39 and 38, windows: 5 and 7), `counts` keeps what was published.
 *
 * @param json the parsed file: an object by scene name of `{dataset, room_size, room_center, object_counts, object_bbox}`;
 * other fields are ignored.
 * @returns facts ordered by scene name, in metres, axis-aligned, +Z up. Numbers are not rounded: only as published do they
 * give the benchmark's answers. JSON.stringify and JSON.parse give them back unchanged.
 * @throws GeometryError "meta-info-bad-shape", at once when the file as a whole is something else; for a scene also
 * "meta-info-empty-category", "meta-info-degenerate-box", "meta-info-bad-room", "meta-info-bad-count",
 * "meta-info-unsafe-name", with a place such as `scene0251_00.object_bbox["chair"][0].axesLengths[1]`.
 */
export function factsFromMetaInfo(json: unknown, options: Partial<MetaInfoOptions> = {}): SceneFacts[] {
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
