import type { OptionNames } from "@vsi/dataset/internal";
import { type DatasetSettings, DEFAULT_DATASET_SETTINGS } from "@vsi/publish";
import type { SourceOptions } from "./scans/source.ts";
import type { Shard } from "./shards.ts";

/** What a build reads, makes and writes: the flags of `vsi-build` by their names in JavaScript. */
export interface BuildOptions extends DatasetSettings, SourceOptions {
  /** The dataset folder to write. */
  out: string;
  /** The part of the scans to read; null for all of them, and the dataset. */
  shard: Shard | null;
  /** How many threads read scans; 0 reads them in the calling thread. */
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

/** The options that a caller without types may give, by name: the flags of `vsi-build`. */
export const BUILD_OPTIONS: OptionNames<BuildOptions> = {
  ...(Object.fromEntries(Object.keys(DEFAULT_BUILD_OPTIONS).map((name) => [name, true])) as OptionNames<
    typeof DEFAULT_BUILD_OPTIONS
  >),
  scannet: true,
  workers: true,
};

/** The part of the options that decides the dataset's bytes, in a fixed order of keys. */
export function settingsOf(options: BuildOptions): DatasetSettings {
  const { protocol, rules, balance, thinSizes, types, labels, distance, split, seed, maxPerScene, target, box } =
    options;
  const { frames, minVisiblePixels, countVisible, format, pixels } = options;
  return {
    protocol,
    rules,
    balance,
    thinSizes,
    types,
    labels,
    distance,
    split,
    seed,
    maxPerScene,
    target,
    box,
    frames,
    minVisiblePixels,
    countVisible,
    format,
    pixels,
  };
}
