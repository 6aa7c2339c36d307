import type { QuestionType } from "@vsi/dataset";
import { DEFAULT_GENERATE_OPTIONS, type GenerateOptions, type ProtocolName } from "@vsi/questions";
import type { FrameSettings } from "./frames/frameSettings.ts";
import type { TargetName } from "./selection/targets.ts";
import type { Shard } from "./shards/shard.ts";

/** Which of ScanNet's official splits to build from. */
export type SplitChoice = "train" | "val" | "test" | "all";

/** The forms that questions are written in. */
export const DATA_FORMATS = ["jsonl", "parquet"] as const;

export type DataFormat = (typeof DATA_FORMATS)[number];

/** What decides the bytes of a dataset; written to manifest.json as `settings`. */
export interface DatasetSettings {
  protocol: ProtocolName;
  /** Question types to make, in the order of QUESTION_TYPES. */
  types: readonly QuestionType[];
  /** The annotators' own labels, or the names that synonyms and plurals share. */
  labels: GenerateOptions["labels"];
  /** What the distance between two objects means; null for what the protocol says. */
  distance: GenerateOptions["distance"] | null;
  split: SplitChoice;
  seed: number;
  /** At most so many questions of a type in one scan; a type that is not named is not capped. */
  maxPerScene: Partial<Record<QuestionType, number>>;
  /** How an object's oriented box is fitted: turned about gravity only, or by its principal axes. */
  box: "gravity" | "pca";
  /** What of the streams goes into the dataset; null for questions without frames. */
  frames: FrameSettings | null;
  /** Pixels of the depth image from which an object counts as seen. */
  minVisiblePixels: number;
  /** A published dataset whose number of questions, in proportion to the scans read, is not passed; null for all questions. */
  target: TargetName | null;
  /** Whether counting asks what the frames show instead of what the room holds. */
  countVisible: boolean;
  /** How the questions are written: always as JSONL, and beside it as Parquet. */
  format: DataFormat;
  /** Whether the frames' pixels go into the dataset; without them questions and scenes only name the frames. */
  pixels: boolean;
}

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
