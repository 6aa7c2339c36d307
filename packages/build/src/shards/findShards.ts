import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import { shardsFolder } from "./shard.ts";
import { readShardFile, type ShardRecord } from "./shardFile.ts";

/** A finished shard and where it is. */
export interface FoundShard {
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
export async function findShards(folders: readonly string[], out: string): Promise<FoundShard[]> {
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
