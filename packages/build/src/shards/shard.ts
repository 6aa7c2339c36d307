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
