import { type DatasetSettings, DEFAULT_DATASET_SETTINGS } from "@vsi/publish";

export interface BuildOptions extends DatasetSettings {
  /** The raw ScanNet folder; null when `metaInfo` is given. */
  scannet: string | null;
  /** A file of VSI-Bench's published scene facts; null when `scannet` is given. */
  metaInfo: string | null;
  /** The dataset folder to write. */
  out: string;
  /** Scan ids to keep, or null for every scan that is found. */
  scenes: readonly string[] | null;
  /** Scans and physical rooms to leave out, by name. */
  exclude: readonly string[];
  /** The part of the scans to read; null for all of them, and the dataset. */
  shard: Shard | null;
  /** How many threads read scans. */
  workers: number;
  /** Go on with a build that was interrupted. */
  resume: boolean;
  /** Replace a dataset that this command wrote earlier. */
  overwrite: boolean;
}

/** The defaults of every option that has one; `--help` prints them from here. */
export const DEFAULT_BUILD_OPTIONS = {
  ...DEFAULT_DATASET_SETTINGS,
  metaInfo: null,
  out: "./vsi-100k",
  scenes: null,
  exclude: [],
  shard: null,
  resume: false,
  overwrite: false,
} as const;

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
