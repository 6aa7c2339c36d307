import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { UsageError } from "@vsi/command";
import type { Reject } from "@vsi/dataset";
import { factsFromMetaInfo } from "@vsi/geometry";
import { findScans, readSplits } from "@vsi/geometry/node";
import { describeMissing, selectScans } from "./select.ts";
import { type BuildSource, excludedBy, type SourceOptions, scanReject } from "./source.ts";

/**
 * Looks where the options point: at a raw ScanNet folder, or a file of published scene facts.
 * @throws UsageError when nothing is left to read, GeometryError when what is there is something else.
 */
export async function findBuildSource(options: SourceOptions): Promise<BuildSource> {
  const { scannet, metaInfo } = options;
  if (metaInfo !== null) return publishedSource(metaInfo, options);
  if (scannet === null) throw new RangeError("options: neither scannet nor metaInfo says where the scans are");
  const found = await findScans(scannet);
  return selectScans(found, { ...options, splitsByRoom: await readSplits() });
}

/** `dataset` of a scene whose entry could not be read. */
const UNKNOWN_DATASET = "unknown";

/**
 * The scenes of a file of published facts. They are VSI-Bench's own test rooms: all go to the test split, and no
 * option changes that.
 *
 * @throws UsageError when the file can't be read, is not JSON, or nothing is left of it;
 * GeometryError "meta-info-bad-shape" when it is JSON of something else.
 */
async function publishedSource(
  path: string,
  options: Pick<SourceOptions, "split" | "scenes" | "exclude">,
): Promise<BuildSource> {
  if (options.split === "train" || options.split === "val") {
    throw new UsageError(
      `--split ${options.split}: the scenes of --meta-info are VSI-Bench's own test rooms, never training data. Leave --split out, or use --split test.`,
    );
  }
  const unusable: Reject[] = [];
  const facts = factsFromMetaInfo(await readJson(path), {
    file: path.replaceAll("\\", "/"),
    // The record goes into the dataset, which must not contain the path of the file's folder.
    onBadScene: (sceneName, error) =>
      unusable.push(scanReject(UNKNOWN_DATASET, sceneName, error.code, error.message.replace(path, basename(path)))),
  });
  const isExcluded = excludedBy(options.exclude);
  const asked = options.scenes === null ? null : new Set(options.scenes);
  const missing = [...(asked ?? [])].filter((name) => !facts.some((scene) => scene.scene_name === name));
  if (missing.length > 0) {
    const present = facts.map((scene) => scene.scene_name);
    throw new UsageError(describeMissing(missing, present));
  }
  return {
    scans: facts
      .filter((scene) => asked === null || asked.has(scene.scene_name))
      .filter((scene) => !isExcluded(scene.scene_name))
      .map((scene) => ({ scanId: scene.scene_name, split: "test", input: { kind: "published", facts: scene } })),
    splits: ["test"],
    testScans: [],
    excluded: facts
      .filter((scene) => isExcluded(scene.scene_name))
      .map(({ dataset, scene_name }) =>
        scanReject(dataset, scene_name, "excluded", `${scene_name}: is on the exclude list.`),
      ),
    unusable: asked === null ? unusable : [],
  };
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      `--meta-info ${path}: can't be read (${cause.code}). Give the file of published scene facts, such as scannet_meta_info_val.json.`,
    );
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `--meta-info ${path}: got text that is not JSON (${(error as Error).message}), expected VSI-Bench's published scene facts. Download the file again.`,
    );
  }
}
