import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BuildStoppedError, type OutputFolder } from "@vsi/command";
import { type DatasetSplit, isTestRoom, type Question, type Reject, type SplitLists } from "@vsi/dataset";
import { isStated, roomOfScene } from "@vsi/dataset/internal";
import { JsonlWriter } from "@vsi/dataset/node";
import { readSplitLists } from "@vsi/geometry/node";
import { type DatasetSettings, finishDataset, generateOptionsOf } from "@vsi/publish";
import { selectQuestions, TARGETS } from "@vsi/questions";
import { type BuildCounts, countPicked, countReject, countScan, countSkip, emptyCounts } from "./counts.ts";
import { buildManifest } from "./manifest.ts";
import { copyRejects, type KeptFolders, loadScanResult, placeKept, readKeptFacts } from "./pipeline/keptResults.ts";
import type { PlacedScan } from "./scans/source.ts";

interface MergeInput {
  /** Every scan that was to be read, with its split and where its result is kept, ordered by id. */
  scans: readonly (PlacedScan & { kept: KeptFolders })[];
  /** The splits that get a file, filled or not. */
  splits: readonly DatasetSplit[];
  /** Whether the scenes' facts were published without a mesh. */
  isPublished: boolean;
  /** Scans that were left out before they were read. */
  leftOut: readonly Reject[];
  settings: DatasetSettings;
  /** Version by package name, for the manifest. */
  versions: Readonly<Record<string, string>>;
  /** Stops the merge. */
  signal: AbortSignal;
}

/**
 * The second stage: from one result per scan to the dataset folder, one scan at a time and ordered by id, so that
 * memory stays flat and the bytes do not depend on who finished first.
 *
 * @throws BuildStoppedError when a kept result has gone, or a room that models are evaluated on would be trained on.
 */
export async function mergeResults(folder: OutputFolder, input: MergeInput): Promise<BuildCounts> {
  checkTrainingRooms(input.scans, await readSplitLists());
  const staging = folder.stagingFolder;
  await rm(staging, { recursive: true, force: true });
  await mkdir(join(staging, "data"), { recursive: true });
  await mkdir(join(staging, "scenes"));
  const counts = emptyCounts(input.splits);
  const selection = await selectFrom(input);
  counts.roomsLearntFrom = selection.roomsLearntFrom;
  const expected = new Map<string, { sha256: string; kept: KeptFolders }>();
  const opened: JsonlWriter<Question | Reject>[] = [];
  const open = async <JsonRecord extends Question | Reject>(...path: string[]) => {
    const writer = await JsonlWriter.open<JsonRecord>(join(staging, ...path));
    opened.push(writer as JsonlWriter<Question | Reject>);
    return writer;
  };
  try {
    const writers = new Map<DatasetSplit, JsonlWriter<Question>>();
    for (const split of input.splits) writers.set(split, await open<Question>("data", `${split}.jsonl`));
    const rejects = await open<Reject>("rejects.jsonl");
    for (const { scanId, split, kept, ...stated } of input.scans) {
      input.signal.throwIfAborted();
      const stored = await loadResult(kept, scanId);
      const { result } = stored;
      if (result.status === "skipped") {
        countSkip(counts, result.reject);
        await rejects.write(result.reject);
        continue;
      }
      for (const [path, sha256] of placeKept(kept, staging, stored, input.settings.pixels)) {
        expected.set(path, { sha256, kept });
      }
      const loadFacts = async () => {
        const facts = readKeptFacts(kept, scanId, stored);
        if (facts === null) throw damagedError(`scenes/${scanId}.json`, kept);
        return facts;
      };
      const selected = await selection.select(result, loadFacts).catch((error: unknown) => {
        // A hand-sealed pool may name objects that the scan does not have.
        throw error instanceof RangeError ? damagedError(`${scanId}: its result`, kept) : error;
      });
      countScan(counts, split, { ...result, questions: selected.questions });
      if (isStated(stated)) counts.scansOnTables += 1;
      countPicked(counts, selected.picked);
      for (const question of selected.questions) await writers.get(split)?.write(question);
      if (!(await copyRejects(kept, scanId, stored, rejects))) throw damagedError(`rejects/${scanId}.jsonl`, kept);
      for (const reject of selected.rejects) {
        countReject(counts, reject);
        await rejects.write(reject);
      }
    }
    for (const reject of input.leftOut) {
      countSkip(counts, reject);
      await rejects.write(reject);
    }
    for (const writer of opened) await writer.close();
  } catch (error) {
    for (const writer of opened) await writer.abort();
    throw error;
  }
  input.signal.throwIfAborted();
  const checksums = await finishDataset(
    staging,
    buildManifest(input.settings, counts, input.versions, input.isPublished),
  );
  for (const [path, { sha256, kept }] of expected) {
    if (checksums.get(path) !== sha256) throw damagedError(path, kept);
  }
  return counts;
}

async function selectFrom({ scans, settings }: MergeInput) {
  const load = async ({ scanId, kept }: MergeInput["scans"][number]) => {
    const { result } = await loadResult(kept, scanId);
    return result.status === "read" ? result : null;
  };
  const target = settings.target === null ? null : TARGETS[settings.target];
  const placed = scans.map((scan) => ({ ...scan, room: roomOfScene(scan.scanId, scan) }));
  return selectQuestions(placed, load, { generate: generateOptionsOf(settings), target });
}

async function loadResult(kept: KeptFolders, scanId: string) {
  const stored = await loadScanResult(kept, scanId);
  if (stored === null) throw damagedError(`${scanId}: its result`, kept);
  return stored;
}

/** A kept file that is missing or was changed. */
function damagedError(what: string, { resultsFolder }: KeptFolders): BuildStoppedError {
  return new BuildStoppedError(
    `${what} in ${dirname(resultsFolder)} is missing or was changed. Build again with --resume: damaged results are redone.`,
  );
}

/**
 * The last check before anything is written: no evaluation room may be trained on. All of VSI-Bench's ScanNet rooms are
 * on ScanNet's own val list.
 *
 * @throws BuildStoppedError naming the scan; such a dataset must not exist, whatever led to it.
 */
export function checkTrainingRooms(scans: readonly PlacedScan[], lists: SplitLists): void {
  const splitOfRoom = new Map<string, DatasetSplit>();
  for (const { scanId, split, ...stated } of scans) {
    const room = roomOfScene(scanId, stated);
    const listed = lists.splitsByRoom.get(room);
    if (split === "train" && listed !== undefined && listed !== "train") {
      throw new BuildStoppedError(
        `${scanId}: would go to train, but ${room} is on ScanNet's ${listed} list, the source of VSI-Bench's rooms. Nothing was written; build its shard again.`,
      );
    }
    if (split === "train" && (isTestRoom(scanId, lists) || isTestRoom(room, lists))) {
      throw new BuildStoppedError(
        `${scanId}: would go to train, but VSI-Bench tests on ${room}. Nothing was written; build its shard again.`,
      );
    }
    if (split === "train" && stated.room_split === "test") {
      throw new BuildStoppedError(
        `${scanId}: would go to train, but a table of rooms says that ${room} is tested on. Nothing was written; build its shard again.`,
      );
    }
    const other = splitOfRoom.get(room) ?? split;
    if (other !== split) {
      throw new BuildStoppedError(
        `${scanId}: would go to ${split}, but another scan of ${room} goes to ${other}. Nothing was written; build its shard again.`,
      );
    }
    splitOfRoom.set(room, split);
  }
}
