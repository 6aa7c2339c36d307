import { defaultsOf, type Values } from "@vsi/command/program";
import type { OptionNames } from "@vsi/dataset/internal";
import { type DatasetSettings, DEFAULT_DATASET_SETTINGS } from "@vsi/publish";
import { BUILD } from "./commands/flags.ts";
import type { SourceOptions } from "./scans/source.ts";

/** What is typed for a build beside the dataset's settings, without what is completed or only printed. */
type BuildFlags = Omit<
  Values<typeof BUILD>,
  | keyof DatasetSettings
  | keyof SourceOptions
  | ("out" | "workers" | "dryRun" | "quiet" | "json" | "logLevel" | "config" | "sampling" | "frameSize" | "video")
>;

/** What `buildDataset` is told: the dataset's settings, where the scans are, and how to go about it. */
export interface BuildOptions extends DatasetSettings, SourceOptions, BuildFlags {
  /** The dataset folder to write. */
  out: string;
  /** How many threads read scans; 0 reads them in the calling thread. */
  workers: number;
}

const { scannet, workers, out, dryRun, quiet, json, logLevel, config, sampling, frameSize, video, ...flagDefaults } =
  defaultsOf(BUILD.flags);

/** The defaults of every option that has one; the flags' own. */
export const DEFAULT_BUILD_OPTIONS: Omit<BuildOptions, "scannet" | "workers"> = {
  ...flagDefaults,
  ...DEFAULT_DATASET_SETTINGS,
  out: `./${DEFAULT_DATASET_SETTINGS.protocol}`,
};

/** The options that a caller without types may give, by name. */
export const BUILD_OPTIONS: OptionNames<BuildOptions> = {
  ...(Object.fromEntries(Object.keys(DEFAULT_BUILD_OPTIONS).map((name) => [name, true])) as OptionNames<
    typeof DEFAULT_BUILD_OPTIONS
  >),
  scannet: true,
  workers: true,
};
