import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  explainFileError,
  explainStop,
  keptFolders,
  openOutputFolder,
  publish,
  UsageError,
  WORKING_FOLDER,
} from "@vsi/command";
import type { DatasetSplit, Reject } from "@vsi/dataset";
import { writeFileAtomically } from "@vsi/dataset/node";
import type { DatasetSettings } from "@vsi/publish";
import { mergeResults } from "./mergeResults.ts";
import { isInShard, type Shard, shardsFolder } from "./options.ts";
import { type BuildReport, buildReport } from "./report.ts";

export interface MergeShardsOptions {
  /** The shards' folders; none for those beside `out`, where --shard puts them. */
  shards: readonly string[];
  /** The dataset folder to write. */
  out: string;
  /** Go on with a merge that was interrupted. */
  resume: boolean;
  /** Replace a dataset that was written earlier. */
  overwrite: boolean;
}

/**
 * Makes the dataset folder of all shards of a build: byte for byte what one build without shards writes. The shards stay
 * as they are.
 *
 * @throws UsageError when a shard is missing, unfinished or of another build, BuildStoppedError when the disk refuses.
 */
export async function mergeShards(options: MergeShardsOptions): Promise<BuildReport> {
  const started = performance.now();
  const { out } = options;
  const shards = await findShards(options.shards, out);
  const { settings, versions, scans, splits, leftOut, testScans, excluded } = (shards[0] as (typeof shards)[0]).record;
  const folder = await openOutputFolder(out, {
    resume: options.resume,
    overwrite: options.overwrite,
    firstFiles: scans.map(({ scanId }) => `scenes/${scanId}.json`),
    settings: JSON.stringify({ merge: settings, versions }),
  }).catch((error: unknown) => {
    throw explainFileError(error, out);
  });
  const keptOf = shards.map((shard) => keptFolders(join(shard.folder, WORKING_FOLDER)));
  const kept = scans.map(({ scanId, split }, place) => {
    const owner = shards.findIndex(({ record }) => isInShard(place, record.shard));
    return { scanId, split, kept: keptOf[owner] as (typeof keptOf)[0] };
  });
  try {
    const counts = await mergeResults(folder, { scans: kept, splits, leftOut, settings, versions });
    await publish(folder);
    // What was left out before reading stands in every shard, what could not be read only in its own.
    const unusable = new Set(leftOut.map((reject) => reject.scene_name));
    const own = shards.flatMap(({ record }) => record.failures.filter((reject) => !unusable.has(reject.scene_name)));
    const common = (shards[0] as (typeof shards)[0]).record.failures.filter((reject) =>
      unusable.has(reject.scene_name),
    );
    return buildReport({
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
  } catch (error) {
    throw explainStop(error, out);
  }
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
async function findShards(folders: readonly string[], out: string): Promise<FoundShard[]> {
  const candidates = folders.length > 0 ? folders : await foldersBelow(shardsFolder(out));
  const byIndex = new Map<number, FoundShard>();
  let first: FoundShard | null = null;
  for (const folder of candidates) {
    const record = await readShardFile(folder);
    if (record === null) {
      throw new UsageError(`${folder}: holds no finished shard. Run its build again with --resume, then merge.`);
    }
    first ??= { folder, record };
    checkSameBuild(first, { folder, record });
    const other = byIndex.get(record.shard.index);
    if (other !== undefined) {
      throw new UsageError(
        `${folder}: is shard ${record.shard.index}, and so is ${other.folder}. Name each shard once.`,
      );
    }
    byIndex.set(record.shard.index, { folder, record });
  }
  if (first === null) {
    throw new UsageError(
      `no shard found in ${shardsFolder(out)}. Build them with --shard 0/8 to 7/8 and the same --out, or name their folders.`,
    );
  }
  const { total } = first.record.shard;
  const missing = Array.from({ length: total }, (_, index) => index).filter((index) => !byIndex.has(index));
  if (missing.length > 0) {
    throw new UsageError(
      `shard ${missing.join(", ")} of ${total} is missing. Build it with --shard ${missing[0]}/${total}, then merge.`,
    );
  }
  return [...byIndex.values()].sort((a, b) => a.record.shard.index - b.record.shard.index);
}

/** What must be the same in all shards, by the name it has for the user. */
const SHARED = {
  "number of shards": (record: ShardRecord) => record.shard.total,
  settings: (record: ShardRecord) => record.settings,
  versions: (record: ShardRecord) => record.versions,
  "list of scans": (record: ShardRecord) => [record.scans, record.splits, record.leftOut],
} as const;

function checkSameBuild(first: FoundShard, other: FoundShard): void {
  for (const [name, of] of Object.entries(SHARED)) {
    if (JSON.stringify(of(first.record)) === JSON.stringify(of(other.record))) continue;
    throw new UsageError(
      `${other.folder}: its ${name} differs from that of ${first.folder}, so they are not parts of one build. Build all shards with the same flags, versions and raw folder.`,
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

const SHARD_SCHEMA = "vsi-shard/1";

/** The file that says a shard is done; written last. */
export const SHARD_FILE = "shard.json";

/** What the merge must know of a shard, beside its results. */
export interface ShardRecord {
  schema: typeof SHARD_SCHEMA;
  shard: Shard;
  /** What decides the dataset; the same in all shards of a build. */
  settings: DatasetSettings;
  versions: Record<string, string>;
  /** Every scan of the whole build with its split, ordered by id; the same in all shards. */
  scans: { scanId: string; split: DatasetSplit }[];
  splits: readonly DatasetSplit[];
  /** Scans left out before they were read, of the whole build; the same in all shards. */
  leftOut: Reject[];
  /** How many of `leftOut` are ScanNet's test scans. */
  testScans: number;
  /** How many of `leftOut` were excluded by the user. */
  excluded: number;
  /** Scans that could not be used, and repaired irregularities: this shard's own. */
  failures: Reject[];
  warnings: string[];
}

export async function writeShardFile(folder: string, record: Omit<ShardRecord, "schema">): Promise<void> {
  await writeFileAtomically(join(folder, SHARD_FILE), `${JSON.stringify({ schema: SHARD_SCHEMA, ...record })}\n`);
}

/** A finished shard's record; null while the shard is not finished. @throws UsageError for a file of another kind. */
async function readShardFile(folder: string): Promise<ShardRecord | null> {
  const path = join(folder, SHARD_FILE);
  let record: ShardRecord;
  try {
    record = JSON.parse(await readFile(path, "utf8")) as ShardRecord;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw new UsageError(
      `${path}: can't be read (${(error as Error).message}). Build this shard again with --overwrite.`,
    );
  }
  if (record?.schema === SHARD_SCHEMA) return record;
  throw new UsageError(
    `${path}: got schema ${JSON.stringify(record?.schema)}, expected ${SHARD_SCHEMA}. It was written by another version or is somebody else's file.`,
  );
}
