import { DEFAULT_GENERATE_OPTIONS } from "@vsi/questions";
import type { DatasetSettings } from "./publish/settings.ts";
import type { Shard } from "./shards/shard.ts";

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
  metaInfo: null,
  out: "./vsi-100k",
  protocol: DEFAULT_GENERATE_OPTIONS.protocol,
  types: DEFAULT_GENERATE_OPTIONS.types,
  labels: DEFAULT_GENERATE_OPTIONS.labels,
  distance: null,
  split: "all",
  target: null,
  scenes: null,
  exclude: [],
  shard: null,
  seed: DEFAULT_GENERATE_OPTIONS.seed,
  maxPerScene: DEFAULT_GENERATE_OPTIONS.maxPerScene,
  box: "gravity",
  frames: null,
  minVisiblePixels: DEFAULT_GENERATE_OPTIONS.minVisiblePixels,
  countVisible: DEFAULT_GENERATE_OPTIONS.countVisible,
  format: "jsonl",
  pixels: true,
  resume: false,
  overwrite: false,
} as const;
