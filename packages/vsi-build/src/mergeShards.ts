import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { lockHolder, publish, UsageError } from "@vsi/command";
import { describeNoDataset, explainStop, WORKING_FOLDER } from "@vsi/command/internal";
import { flagKinds } from "@vsi/command/internal/program";
import { checkOptions, countOf, type OptionKinds, optionError, SIGNAL, TEXTS } from "@vsi/dataset/internal";
import { openBuildFolder } from "./buildFolder.ts";
import { MERGE } from "./commands/flags.ts";
import { mergeResults } from "./mergeResults.ts";
import { keptFolders } from "./pipeline/keptResults.ts";
import { type BuildReport, buildReport } from "./report.ts";
import { isInShard, readShardFile, SHARD_FILE, type ShardRecord, shardsFolder } from "./shards.ts";

/** Which shards become a dataset, and where. */
export interface MergeShardsOptions {
  /** The shards' folders; none, the default, for those beside `out`, where --shard puts them. */
  shards?: readonly string[];
  /** The dataset folder to write. */
  out: string;
  /** Go on with a merge that was interrupted. */
  resume?: boolean;
  /** Replace a dataset that was written earlier. */
  overwrite?: boolean;
  /** Stops the merge; the shards stay as they are. */
  signal?: AbortSignal;
}

const { out, resume, overwrite } = flagKinds(MERGE.flags);

const MERGE_OPTIONS: OptionKinds<MergeShardsOptions> = { shards: TEXTS, out, resume, overwrite, signal: SIGNAL };

/**
 * Makes the dataset folder of all shards of a build: byte for byte what one build without shards writes. The shards
 * stay as they are.
 *
 * @throws UsageError when a shard is missing, unfinished or of another build, BuildStoppedError when the disk refuses.
 *
 * @example
 * ```js
 * import { buildDataset, mergeShards } from "vsi-build";
 *
 * for (const index of [0, 1]) {
 *   await buildDataset({ scannet: "raw", out: "joined", shard: { index, total: 2 }, workers: 0 });
 * }
 * const { scans_read } = await mergeShards({ out: "joined" });
 * console.log(scans_read); // 2
 * ```
 */
export async function mergeShards(options: MergeShardsOptions): Promise<BuildReport> {
  checkOptions(options ?? null, MERGE_OPTIONS, "mergeShards");
  if (options.out === undefined) throw optionError("mergeShards", "out", undefined, "the dataset folder to write");
  const started = performance.now();
  const { out, resume = false, overwrite = false } = options;
  const shards = await findShards(options.shards ?? [], out);
  const [first] = shards;
  const { settings, versions, scans, splits, isPublished, leftOut, testScans, excluded } = first.record;
  const unusable = new Set(leftOut.map((reject) => reject.scene_name));
  const folder = await openBuildFolder(out, {
    resume,
    overwrite,
    source: { scans, leftOut, testScans, excluded },
    settings,
    versions,
    workSettings: JSON.stringify({ merge: settings, versions }),
    inputs: shards.map(({ folder: path }) => ({ path, noun: "a shard", reads: () => true })),
  });
  try {
    if (folder.finished !== undefined) return { ...(folder.finished as BuildReport), out };
    const kept = scans.map((scan, place) => {
      const { folder: owner, record } = shardOf(shards, place);
      return { ...scan, kept: keptFolders(join(owner, WORKING_FOLDER), record.keptSettings) };
    });
    const signal = AbortSignal.any([folder.lock.lost, options.signal ?? new AbortController().signal]);
    const counts = await mergeResults(folder, {
      scans: kept,
      splits,
      isPublished,
      leftOut,
      settings,
      versions,
      signal,
    });
    // Scans left out before reading are in every shard's record; scans that could not be read only in their own.
    const own = shards.flatMap(({ record }) => record.failures.filter((reject) => !unusable.has(reject.scene_name)));
    const common = first.record.failures.filter((reject) => unusable.has(reject.scene_name));
    const report = buildReport({
      out,
      shard: null,
      settings,
      warnings: shards.flatMap(({ record }) => record.warnings),
      failures: [...common, ...own],
      testScans,
      excluded,
      scansRead: counts.scansRead,
      counts,
      started,
    });
    signal.throwIfAborted();
    await publish(folder, report);
    return { ...report, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    throw explainStop(error, out);
  } finally {
    folder.release();
  }
}

/** The names of the finished shards in a folder. */
async function shardsWithin(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => existsSync(join(folder, name, SHARD_FILE)));
}

/** A finished shard and where it is. */
interface FoundShard {
  folder: string;
  record: ShardRecord;
}

/**
 * Finds all shards of a build and checks that they belong together.
 *
 * @param folders the shards' folders; none for those beside the dataset folder.
 * @param out the dataset folder they are to become.
 * @returns one for each index, in order.
 * @throws UsageError naming the shards that are missing, doubled, unfinished, or made from other scans or settings.
 */
async function findShards(folders: readonly string[], out: string): Promise<[FoundShard, ...FoundShard[]]> {
  const candidates = folders.length > 0 ? folders : await foldersBelow(shardsFolder(out));
  const byIndex = new Map<number, FoundShard>();
  let first: FoundShard | null = null;
  for (const folder of candidates) {
    const holder = lockHolder(folder);
    if (holder !== null) {
      throw new UsageError(
        `${folder}: ${holder} is using it, expected a finished shard. Wait until it is done, then merge.`,
      );
    }
    const record = await readShardFile(folder);
    if (record === null) {
      const inner = await shardsWithin(folder);
      if (inner.length > 0) {
        const { length } = inner;
        throw new UsageError(
          `${folder}: got the folder around ${countOf(length, "shard")}, expected the shards themselves: ${folder.replace(/[/\\]+$/, "")}/*. Those beside --out are found without naming them.`,
        );
      }
      const found = await describeNoDataset(folder);
      throw new UsageError(
        found === null
          ? `${folder}: got a dataset, expected a shard. Name the folders in FOLDER.shards, which builds with --shard write.`
          : `${folder}: holds no finished shard. Finish its build with --resume, then merge.`,
      );
    }
    first ??= { folder, record };
    checkSameBuild(first, { folder, record });
    const other = byIndex.get(record.shard.index);
    if (other !== undefined) {
      throw new UsageError(`${folder} and ${other.folder} are both shard ${record.shard.index}. Name each shard once.`);
    }
    byIndex.set(record.shard.index, { folder, record });
  }
  const [head, ...others] = [...byIndex.values()].sort((a, b) => a.record.shard.index - b.record.shard.index);
  if (head === undefined) {
    throw new UsageError(
      `no shards found in ${shardsFolder(out)}. Build them with --shard 0/8 to 7/8 and the same --out, or name their folders.`,
    );
  }
  const { total } = head.record.shard;
  const missing = Array.from({ length: total }, (_, index) => index).filter((index) => !byIndex.has(index));
  if (missing.length > 0) {
    throw new UsageError(
      `${missing.length === 1 ? `shard ${missing[0]} of ${total} is` : `shards ${missing.join(", ")} of ${total} are`} missing. ` +
        `Build ${missing.map((index) => `--shard ${index}/${total}`).join(", ")}, then merge.`,
    );
  }
  return [head, ...others];
}

/** What must be the same in all shards; the words say what a shard of another build has. */
const SHARED = {
  "another number of shards": (record: ShardRecord) => record.shard.total,
  "other settings": (record: ShardRecord) => record.settings,
  "other versions": (record: ShardRecord) => record.versions,
  "another list of scans": ({ scans, isPublished, leftOut }: ShardRecord) => [
    scans.map(({ scanId }) => scanId),
    isPublished,
    leftOut,
  ],
  "other rooms or splits (--room-tables)": ({ scans, splits }: ShardRecord) => [scans, splits],
} as const;

function checkSameBuild(first: FoundShard, other: FoundShard): void {
  for (const [what, of] of Object.entries(SHARED)) {
    if (JSON.stringify(of(first.record)) === JSON.stringify(of(other.record))) continue;
    throw new UsageError(
      `${other.folder}: got a shard with ${what} than ${first.folder}, expected shards of one build. Build all shards with the same flags, versions and raw folder.`,
    );
  }
}

async function foldersBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name))
    .sort();
}

/** The shard that read the scan at a place of the whole list. */
function shardOf(shards: readonly FoundShard[], place: number): FoundShard {
  const owner = shards.find(({ record }) => isInShard(place, record.shard));
  if (owner === undefined) throw new RangeError(`no shard has scan ${place}`);
  return owner;
}
