import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { UsageError } from "@vsi/command";
import { describeNoDataset } from "@vsi/command/internal";
import { type DatasetSplit, type Reject, type SplitLists, splitOfAnyScene } from "@vsi/dataset";
import { ARKIT_VIDEO, at, countOf, printableLine } from "@vsi/dataset/internal";
import { systemErrorInWords } from "@vsi/dataset/internal/node";
import { factsFromMetaInfo, type SceneFacts } from "@vsi/geometry";
import { boundsOf } from "@vsi/geometry/internal";
import { readTextFile } from "./lists.ts";
import { type RoomTables, tableWarnings } from "./roomTables.ts";
import { describeMissing } from "./select.ts";
import {
  type BuildSource,
  excludedBy,
  type SelectedScan,
  type SourceOptions,
  scanReject,
  splitName,
  withStatedRoom,
} from "./source.ts";

/** `dataset` of a scene whose entry could not be read. */
const UNKNOWN_DATASET = "unknown";

interface PublishedOptions extends Pick<SourceOptions, "split" | "scenes" | "exclude" | "seed"> {
  lists: SplitLists;
  /** What --room-tables says; null without it. */
  tables: RoomTables | null;
}

/**
 * The scenes of files of published facts. Rooms that a benchmark tests on go to the test split, and no option changes
 * that; others go by ScanNet's lists, by what a table says of their room, or by a seeded hash where neither says it.
 *
 * @param paths files, or folders of them.
 * @throws UsageError when a file can't be read, is not JSON, repeats a scene of another, or nothing is left to read;
 * GeometryError "meta-info-bad-shape" when it is JSON of something else.
 */
export async function publishedSource(paths: readonly string[], options: PublishedOptions): Promise<BuildSource> {
  const { facts, unusable } = await readFiles(await publishedFiles(paths));
  const { lists, tables, seed } = options;
  const isExcluded = excludedBy(options.exclude, tables?.roomOf);
  const asked = options.scenes === null ? null : new Set(options.scenes);
  const present = facts.map((scene) => scene.scene_name);
  const missing = [...(asked ?? [])].filter((name) => !present.includes(name));
  if (missing.length > 0) throw new UsageError(describeMissing(missing, present));
  const wanted = facts
    .filter((scene) => asked === null || asked.has(scene.scene_name))
    .map((scene): SelectedScan => {
      const stated = tables?.statedOf(scene.scene_name) ?? {};
      const split = splitOfAnyScene(scene.scene_name, lists, seed, stated);
      return { scanId: scene.scene_name, split, input: { kind: "published", facts: withStatedRoom(scene, stated) } };
    });
  const kept = wanted.filter(({ scanId }) => !isExcluded(scanId));
  if (wanted.length > 0 && kept.length === 0) {
    throw new UsageError(
      `--exclude: names ${wanted.length === 1 ? "the only scene" : `all ${wanted.length} scenes`} of --meta-info, so none is left to read. Shorten the list, or give other facts.`,
    );
  }
  const scans = kept.filter(({ split }) => options.split === "all" || options.split === splitName(split));
  if (scans.length === 0 && kept.length > 0) throw nothingOfSplit(options, kept);
  return {
    scans,
    splits: splitsOf(kept),
    isPublished: true,
    warnings: [
      ...(tables === null ? unknownRooms(scans, options) : tableWarnings(scans, tables, lists)),
      ...doubtfulBoxes(scans),
    ],
    testScans: [],
    excluded: wanted
      .filter(({ scanId }) => isExcluded(scanId))
      .map(({ scanId, input }) => {
        const { dataset } = (input as { facts: SceneFacts }).facts;
        return scanReject(dataset, scanId, "excluded", `${scanId}: is on the exclude list.`);
      }),
    unusable: asked === null ? unusable : [],
  };
}

/** The files meant: of a folder, its JSON files. @throws UsageError. */
export async function publishedFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  if (paths.length === 0)
    throw new UsageError("--meta-info: got no file. Give one, or a folder of published scene facts.");
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (entry) => entry.isDirectory(),
      (cause: NodeJS.ErrnoException) => {
        throw unreadable(path, cause);
      },
    );
    if (!isFolder) {
      files.push(path);
      continue;
    }
    const other = await describeNoDataset(path);
    if (other?.got.startsWith("raw scan")) {
      throw new UsageError(
        `--meta-info ${path}: got ${other.got}, expected published scene facts. Give scans as --scannet.`,
      );
    }
    const names = (await readdir(path)).filter((name) => /^[^.].*\.json$/i.test(name)).sort();
    if (names.length === 0) {
      throw new UsageError(
        `--meta-info ${path}: got a folder without JSON files, expected published scene facts such as scannet_meta_info_val.json.`,
      );
    }
    files.push(...names.map((name) => join(path, name)));
  }
  return [...new Set(files)];
}

/** Ordered by scene name, as builds order scans. */
async function readFiles(files: readonly string[]): Promise<{ facts: SceneFacts[]; unusable: Reject[] }> {
  const fileOf = new Map<string, string>();
  const facts: SceneFacts[] = [];
  const unusable: Reject[] = [];
  for (const path of files) {
    const read = factsFromMetaInfo(await readJson(path), {
      file: path.replaceAll("\\", "/"),
      // The record goes into the dataset, which must not contain the path of the file's folder.
      onBadScene: (sceneName, error) =>
        unusable.push(
          scanReject(
            UNKNOWN_DATASET,
            sceneName,
            error.code,
            error.message.replace(path.replaceAll("\\", "/"), basename(path)),
          ),
        ),
    });
    for (const scene of read) {
      // Some disks take "Office" for "office", and the dataset has a file for each.
      const name = scene.scene_name.toLowerCase();
      const other = fileOf.get(name);
      if (other !== undefined) {
        throw new UsageError(
          other === path
            ? `--meta-info ${path}: ${scene.scene_name} differs from another scene's name by case only, expected each scene once. Remove one of the two.`
            : `--meta-info: ${scene.scene_name} is in ${other} and in ${path}, expected each scene once. Give one of the two files, or build two datasets.`,
        );
      }
      fileOf.set(name, path);
      facts.push(scene);
    }
  }
  facts.sort((first, second) => (first.scene_name < second.scene_name ? -1 : 1));
  return { facts, unusable };
}

async function readJson(path: string): Promise<unknown> {
  const text = await readTextFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(path, cause);
  });
  if (PACKED.some((start) => text.startsWith(start))) {
    throw new UsageError(`--meta-info ${path}: got a packed file, expected published scene facts. Unpack it first.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const lines = linesOf(text);
    if (lines !== null) return lines;
    throw new UsageError(
      `--meta-info ${path}: got text that is not JSON (${printableLine((error as Error).message)}), expected published scene facts. Download the file again.`,
    );
  }
}

/** How gzip's and zip's files begin, read as text. */
const PACKED = ["\u001f", "PK\u0003"] as const;

/** A scene on each line, as tables are saved as JSON lines; null for anything else. */
function linesOf(text: string): unknown[] | null {
  try {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
    return lines.length > 1 ? lines.map((line) => JSON.parse(line) as unknown) : null;
  } catch {
    return null;
  }
}

function unreadable(path: string, cause: unknown): UsageError {
  return new UsageError(
    `--meta-info ${path}: got ${systemErrorInWords(cause)}, expected published scene facts, such as scannet_meta_info_val.json, or a folder of them. Check the path.`,
  );
}

const SPLITS: readonly DatasetSplit[] = ["train", "validation", "test"];

/** The splits that get a file, whichever of them are asked for: test alone for a benchmark's own rooms. */
function splitsOf(scans: readonly SelectedScan[]): DatasetSplit[] {
  const present = new Set(scans.map(({ split }) => split));
  const isTestOnly = scans.length === 0 || (present.size === 1 && present.has("test"));
  if (isTestOnly) return ["test"];
  return SPLITS.filter((split) => split !== "test" || present.has("test"));
}

/**
 * What names cannot say. ARKitScenes' rooms are Apple's visit_id, and published facts name videos alone: another video of
 * a test room cannot be told from other rooms. Most of them are in Apple's Validation fold (room 381879 is in both), and
 * its table says whose visit_id they are. ScanNet++'s scenes are rooms of their own, but their split is that of its lists.
 */
function unknownRooms(
  scans: readonly SelectedScan[],
  { exclude, lists }: Pick<PublishedOptions, "exclude" | "lists">,
): string[] {
  const excluded = new Set(exclude);
  // Whoever leaves out the 150 videos that are tested on alone has left the other videos of their rooms in; Apple's fold
  // has several times as many.
  const tested = [...lists.testRooms].filter((name) => ARKIT_VIDEO.test(name));
  const leftOut = [...excluded].filter((name) => ARKIT_VIDEO.test(name));
  const isFoldLeftOut = tested.every((name) => excluded.has(name)) && leftOut.length >= 2 * tested.length;
  const othersOf = (dataset: RegExp): SelectedScan[] =>
    scans.filter(
      ({ input, split }) => split !== "test" && input.kind === "published" && dataset.test(input.facts.dataset),
    );
  const [videos, scenes] = [isFoldLeftOut ? [] : othersOf(/arkit/i), othersOf(/scannet *(?:pp|\+\+)/i)];
  return [
    ...videos
      .slice(0, 1)
      .map(
        ({ scanId }) =>
          `--meta-info: ${countOf(videos.length, "video")} of ARKitScenes, such as ${scanId}, ${videos.length === 1 ? "is" : "are"} none that VSI-Bench tests on, but may show the same rooms: the facts do not say whose visit_id they are. Before training, give --room-tables Apple's 3dod_train_val_splits.csv, which says it; or give it to --exclude, which leaves out its Validation fold.`,
      ),
    ...scenes
      .slice(0, 1)
      .map(
        ({ scanId }) =>
          `--meta-info: ${countOf(scenes.length, "scene")} of ScanNet++, such as ${scanId}, ${scenes.length === 1 ? "goes" : "go"} to train or validation by a seeded hash. To have its own splits, give --room-tables its splits folder (nvs_sem_train.txt, nvs_sem_val.txt).`,
      ),
  ];
}

/** Metres by which a corner may stand out of its box. In VSI-Bench's 88 scenes of ScanNet none does, by a micrometre. */
const MOST_OUTSIDE = 0.05;

/** Boxes that their own corners contradict: half lengths, or axes as columns, look like any other numbers. */
function doubtfulBoxes(scans: readonly SelectedScan[]): string[] {
  let boxes = 0;
  const doubtful: string[] = [];
  for (const { scanId, input } of scans) {
    for (const { box, aabb, label } of input.kind === "published" ? input.facts.objects : []) {
      boxes += 1;
      const around = boundsOf(box);
      const isOutside = [0, 1, 2].some(
        (axis) =>
          at(aabb.min, axis) < at(around.min, axis) - MOST_OUTSIDE ||
          at(aabb.max, axis) > at(around.max, axis) + MOST_OUTSIDE,
      );
      if (isOutside) doubtful.push(`${scanId}'s ${label}`);
    }
  }
  if (doubtful.length === 0) return [];
  return [
    `--meta-info: ${doubtful.length} of ${countOf(boxes, "box", "boxes")}, such as ${doubtful[0]}, end inside of their own min and max corners. Check the file's form before using the answers: lengths are whole edges, and each row of the axes is a direction (ReVSI: each column).`,
  ];
}

function nothingOfSplit(
  { split: asked, tables }: Pick<PublishedOptions, "split" | "tables">,
  kept: readonly SelectedScan[],
): UsageError {
  const who = tables === null ? "VSI-Bench tests on" : "VSI-Bench or a table of --room-tables tests on";
  const tested = kept.filter(({ split }) => split === "test").length;
  return new UsageError(
    `--split ${asked === "val" ? "validation" : asked}: none of the ${countOf(kept.length, "scene")} of --meta-info is in this split. ` +
      `${countOf(tested, "scene")} of them ${tested === 1 ? "is of a room" : "are of rooms"} that ${who}, never training data. Leave --split out to see where the others go.`,
  );
}
