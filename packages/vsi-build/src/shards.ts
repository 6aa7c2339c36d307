import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import type { DatasetSplit, Reject } from "@vsi/dataset";
import { writeFileAtomically } from "@vsi/dataset/node";
import type { DatasetSettings } from "@vsi/publish";

/** One of `total` parts of a build, `index` from 0 on: a machine each. */
export interface Shard {
  index: number;
  total: number;
}

/** Which of the scans, ordered by id, are a shard's: every total-th one, so that large and small buildings mix. */
export function isInShard(place: number, shard: Shard): boolean {
  return place % shard.total === shard.index;
}

/** The folder of a shard, beside the dataset that all of them will become. */
export function shardFolder(out: string, { index, total }: Shard): string {
  return `${shardsFolder(out)}/${index}-of-${total}`;
}

/** The folder that holds all shards of a dataset folder. */
export function shardsFolder(out: string): string {
  return `${out.replace(/[/\\]+$/, "")}.shards`;
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

/**
 * A finished shard's record; null while the shard is not finished.
 *
 * @throws UsageError for a file of another kind.
 */
export async function readShardFile(folder: string): Promise<ShardRecord | null> {
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
