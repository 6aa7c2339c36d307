import type { Manifest, QuestionType } from "@vsi/dataset";
import type { FrameSampling } from "@vsi/geometry/node";
import {
  DEFAULT_GENERATE_OPTIONS,
  type GenerateOptions,
  PROTOCOLS,
  type ProtocolName,
  protocolTypes,
  type RulesName,
  type TargetName,
} from "@vsi/questions";
import { isBalancedBy } from "@vsi/questions/internal";

/** Which of ScanNet's official splits to build from. */
export type SplitChoice = "train" | "val" | "test" | "all";

/** The forms that questions are written in. */
export const DATA_FORMATS = ["jsonl", "parquet"] as const;

/** One of DATA_FORMATS. */
export type DataFormat = (typeof DATA_FORMATS)[number];

/** What decides the bytes of a dataset; written to manifest.json as `settings`. */
export interface DatasetSettings {
  protocol: ProtocolName;
  /** Which questions are asked. */
  rules: RulesName;
  /** Whether questions are picked so that their answers cannot be guessed from the words. */
  balance: boolean;
  /** Whether sizes that are typical of a label are thinned out. */
  thinSizes: boolean;
  /** Question types to make, in the order of QUESTION_TYPES. */
  types: readonly QuestionType[];
  /** The annotators' own labels, or the names that synonyms and plurals share. */
  labels: GenerateOptions["labels"];
  /** What the distance between two objects means; null for what the protocol says. */
  distance: GenerateOptions["distance"] | null;
  split: SplitChoice;
  seed: number;
  /** Maximum number of questions per type and scan; a type that is not named is not capped. */
  maxPerScene: Partial<Record<QuestionType, number>>;
  /** How an object's oriented box is fitted: turned about gravity only, or by its principal axes. */
  box: "gravity" | "pca";
  /** What of the streams goes into the dataset; null for questions without frames. */
  frames: FrameSettings | null;
  /** Pixels of the depth image from which an object counts as seen. */
  minVisiblePixels: number;
  /**
   * A published dataset whose number of questions, in proportion to the scans read, is not passed; null for all
   * questions.
   */
  target: TargetName | null;
  /** Whether counting asks what the frames show instead of what the room holds. */
  countVisible: boolean;
  /** How the questions are written: always as JSONL, and beside it as Parquet. */
  format: DataFormat;
  /** Whether the frames' pixels go into the dataset; without them questions and scenes only name the frames. */
  pixels: boolean;
}

/** The defaults of every setting. */
export const DEFAULT_DATASET_SETTINGS = {
  protocol: DEFAULT_GENERATE_OPTIONS.protocol,
  rules: DEFAULT_GENERATE_OPTIONS.rules,
  balance: DEFAULT_GENERATE_OPTIONS.balance,
  thinSizes: DEFAULT_GENERATE_OPTIONS.thinSizes,
  types: DEFAULT_GENERATE_OPTIONS.types,
  labels: DEFAULT_GENERATE_OPTIONS.labels,
  distance: null,
  split: "all",
  target: null,
  seed: DEFAULT_GENERATE_OPTIONS.seed,
  maxPerScene: DEFAULT_GENERATE_OPTIONS.maxPerScene,
  box: "gravity",
  frames: null,
  minVisiblePixels: DEFAULT_GENERATE_OPTIONS.minVisiblePixels,
  countVisible: DEFAULT_GENERATE_OPTIONS.countVisible,
  format: "jsonl",
  pixels: true,
} as const;

/** What of a scan's stream goes into the dataset. */
export interface FrameSettings {
  /** Maximum number of frames per scan. */
  frames: number;
  sampling: FrameSampling;
  /** Frames are shrunk to fit into this many pixels, never enlarged; null keeps the stream's own bytes. */
  size: { width: number; height: number } | null;
  /** Whether the sampled frames are also written as videos/<scanId>.mp4. */
  video: boolean;
}

type NewSetting = "rules" | "balance" | "thinSizes";

/** What of the settings decides the questions that facts give. */
export function generateOptionsOf(settings: Omit<DatasetSettings, "split" | "target" | "format" | "pixels">) {
  const { protocol, rules, balance, thinSizes, types, labels, distance, seed, maxPerScene } = settings;
  const { minVisiblePixels, countVisible } = settings;
  return {
    ...{ protocol, rules, balance, thinSizes, types, labels, seed, maxPerScene, minVisiblePixels, countVisible },
    ...(distance === null ? {} : { distance }),
  } satisfies Partial<GenerateOptions>;
}

/** The settings of a manifest that this version wrote. */
export function recordedSettings(manifest: Manifest): DatasetSettings {
  const { seed, protocol, settings } = manifest;
  return {
    ...(settings as unknown as Omit<DatasetSettings, "seed" | "protocol" | NewSetting>),
    // Datasets from before there was a choice have the papers'.
    ...({ rules: "paper", balance: false, thinSizes: false, ...settings } as Pick<DatasetSettings, NewSetting>),
    seed,
    protocol: protocol as DatasetSettings["protocol"],
  };
}

/**
 * The command that makes a dataset of these settings, as one types it. Where the scans are, which of them and how many
 * at a time is not part of a dataset; --scannet names an example.
 *
 * @param published whether the scenes come from a file of published facts.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { buildWords, recordedSettings } from "@vsi/publish";
 *
 * const manifest = JSON.parse(await readFile("vsi-100k/manifest.json", "utf8"));
 * console.log(buildWords(recordedSettings(manifest), false).join(" ")); // vsi-build --scannet ./raw --seed 0
 * ```
 */
export function buildWords(settings: DatasetSettings, published: boolean): string[] {
  const protocol = PROTOCOLS[settings.protocol];
  const words = ["vsi-build", ...(published ? ["--meta-info", "FILE"] : ["--scannet", "./raw"])];
  /** A flag that stands only where it says something else than the default. */
  const add = (flag: string, value: string | number | null, standard: string | number | null): void => {
    if (value !== null && value !== standard) words.push(`--${flag}`, String(value));
  };
  add("protocol", settings.protocol, DEFAULT_DATASET_SETTINGS.protocol);
  add("rules", settings.rules, DEFAULT_DATASET_SETTINGS.rules);
  if (settings.balance !== isBalancedBy(settings.rules)) words.push(settings.balance ? "--balance" : "--no-balance");
  if (settings.thinSizes) words.push("--thin-sizes");
  add("types", settings.types.join(","), protocolTypes(protocol).join(","));
  add("labels", settings.labels, protocol.labels);
  add("distance", settings.distance, DEFAULT_DATASET_SETTINGS.distance);
  add("split", settings.split, DEFAULT_DATASET_SETTINGS.split);
  add("target", settings.target, DEFAULT_DATASET_SETTINGS.target);
  add("seed", settings.seed, null);
  for (const [type, most] of Object.entries(settings.maxPerScene)) words.push("--max-per-scene", `${type}=${most}`);
  add("box", settings.box, DEFAULT_DATASET_SETTINGS.box);
  const { frames } = settings;
  if (frames !== null) {
    words.push("--frames", String(frames.frames));
    const sampling = typeof frames.sampling === "string" ? frames.sampling : `every:${frames.sampling.every}`;
    add("sampling", sampling, "uniform");
    add("frame-size", frames.size === null ? null : `${frames.size.width}x${frames.size.height}`, null);
    if (frames.video) words.push("--video");
  }
  add("min-visible-pixels", settings.minVisiblePixels, DEFAULT_DATASET_SETTINGS.minVisiblePixels);
  if (settings.countVisible) words.push("--count-visible");
  add("format", settings.format, DEFAULT_DATASET_SETTINGS.format);
  if (!settings.pixels) words.push("--no-pixels");
  return words;
}
