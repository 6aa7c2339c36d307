import { flagKinds } from "@vsi/command/internal/program";
import { defaultsOf, type Flags, type FlagValues, recordOf, wordsOf } from "@vsi/command/program";
import { type Manifest, PROTOCOL_NAMES, type QuestionType } from "@vsi/dataset";
import {
  checkArguments,
  fields,
  INTEGER,
  type Kind,
  oneOf,
  optional,
  orNull,
  RECORD,
  SWITCH,
  TEXTS,
} from "@vsi/dataset/internal";
import type { FrameSampling } from "@vsi/geometry/node";
import { DEFAULT_GENERATE_OPTIONS, type GenerateOptions, PROTOCOLS, protocolTypes } from "@vsi/questions";
import { isBalancedBy } from "@vsi/questions/internal";
import { type DATA_FORMATS, DATASET_FLAGS } from "./flags.ts";

/** One of DATA_FORMATS. */
export type DataFormat = (typeof DATA_FORMATS)[number];

/** The flags that decide a dataset's bytes, as they are typed. */
type DatasetFlags = FlagValues<typeof DATASET_FLAGS>;

/** Flags that are completed by the protocol or the rules, or that are parts of `frames`. */
type UnsettledFlag = "balance" | "types" | "labels" | "maxPerScene" | "frames" | "sampling" | "frameSize" | "video";

/** What decides the bytes of a dataset; written to manifest.json as `settings`. Each is a flag of DATASET_FLAGS. */
export interface DatasetSettings extends Omit<DatasetFlags, UnsettledFlag> {
  /** Whether questions are picked so that their answers cannot be guessed from the words. */
  balance: boolean;
  /** Question types to make, in the order of QUESTION_TYPES. */
  types: readonly QuestionType[];
  /** The annotators' own labels, or the names that synonyms and plurals share. */
  labels: GenerateOptions["labels"];
  /** Maximum number of questions per type and scan; a type that is not named is not capped. */
  maxPerScene: Readonly<Partial<Record<QuestionType, number>>>;
  /** What of the streams goes into the dataset; null for questions without frames. */
  frames: FrameSettings | null;
}

const MANIFEST: Kind = {
  words: "a manifest, as manifest.json holds it",
  fits: fields({ seed: INTEGER, protocol: oneOf(PROTOCOL_NAMES), settings: RECORD }).fits,
};

const { sampling: _, frameSize: __, video: ___, frames: ____, ...PLAIN_SETTINGS } = flagKinds(DATASET_FLAGS);

/** Datasets of earlier versions lack the settings that came later. */
const OPTIONAL_SETTINGS = Object.fromEntries(
  Object.entries(PLAIN_SETTINGS).map(([name, kind]) => [name, optional(kind)]),
) as typeof PLAIN_SETTINGS;

const {
  split: _____,
  target: ______,
  box: _______,
  format: ________,
  pixels: _________,
  ...GENERATE_SETTINGS
} = OPTIONAL_SETTINGS;

const NEEDED_SETTINGS = { protocol: oneOf(PROTOCOL_NAMES), types: TEXTS, maxPerScene: RECORD, seed: INTEGER };

const GENERATING: Kind = {
  words: "the settings that GenerateOptions has",
  fits: fields({ ...GENERATE_SETTINGS, ...NEEDED_SETTINGS }).fits,
};

const SETTINGS: Kind = {
  words: "a dataset's settings, as DEFAULT_DATASET_SETTINGS has them",
  fits: fields({ ...OPTIONAL_SETTINGS, ...NEEDED_SETTINGS, frames: optional(orNull(RECORD)) }).fits,
};

/**
 * The part of an object that is a dataset's settings, in the order of the flags.
 *
 * @example
 * ```js
 * import { DEFAULT_DATASET_SETTINGS, settingsOf } from "@vsi/publish";
 *
 * const settings = settingsOf({ ...DEFAULT_DATASET_SETTINGS, seed: 3, out: "elsewhere" });
 * console.log(settings.seed, "out" in settings); // 3 false
 * ```
 */
export function settingsOf(settings: DatasetSettings): DatasetSettings {
  checkArguments("settingsOf", { settings: [settings, SETTINGS] });
  return recordOf(DATASET_FLAGS, settings);
}

/** The defaults of every setting. */
export const DEFAULT_DATASET_SETTINGS: DatasetSettings = settingsOf({
  ...defaultsOf(DATASET_FLAGS),
  balance: DEFAULT_GENERATE_OPTIONS.balance,
  types: DEFAULT_GENERATE_OPTIONS.types,
  labels: DEFAULT_GENERATE_OPTIONS.labels,
  frames: null,
});

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

/**
 * What of the settings decides the questions that facts give.
 *
 * @example
 * ```js
 * import { DEFAULT_DATASET_SETTINGS, generateOptionsOf } from "@vsi/publish";
 *
 * const options = generateOptionsOf({ ...DEFAULT_DATASET_SETTINGS, seed: 3 });
 * console.log(options.seed, options.protocol, "format" in options); // 3 vsi-100k false
 * ```
 */
export function generateOptionsOf(settings: Pick<DatasetSettings, keyof GenerateOptions>) {
  checkArguments("generateOptionsOf", { settings: [settings, GENERATING] });
  const { protocol, rules, balance, thinSizes, types, labels, distance, seed, maxPerScene } = settings;
  const { minVisiblePixels, countVisible } = settings;
  return {
    ...{ protocol, rules, balance, thinSizes, types, labels, seed, maxPerScene, minVisiblePixels, countVisible },
    ...(distance === null ? {} : { distance }),
  } satisfies Partial<GenerateOptions>;
}

/**
 * The settings of a manifest that this version wrote.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { recordedSettings } from "@vsi/publish";
 *
 * const settings = recordedSettings(JSON.parse(await readFile("vsi-100k/manifest.json", "utf8")));
 * console.log(settings.protocol, settings.rules); // vsi-100k careful
 * ```
 */
export function recordedSettings(manifest: Manifest): DatasetSettings {
  checkArguments("recordedSettings", { manifest: [manifest, MANIFEST] });
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
 * @param published whether the scenes come from files of published facts.
 * @param hasOwn whether rooms of one's own are among the scans.
 * @param hasTables whether tables said which rooms they show, or their splits.
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
export function buildWords(settings: DatasetSettings, published: boolean, hasOwn = false, hasTables = false): string[] {
  checkArguments("buildWords", {
    settings: [settings, SETTINGS],
    published: [published, SWITCH],
    hasOwn: [hasOwn, SWITCH],
    hasTables: [hasTables, SWITCH],
  });
  const protocol = PROTOCOLS[settings.protocol];
  const standard: Partial<DatasetFlags> = {
    ...defaultsOf(DATASET_FLAGS),
    balance: isBalancedBy(settings.rules),
    types: protocolTypes(protocol),
    labels: protocol.labels,
  };
  // The seed is always said.
  delete standard.seed;
  const { target, ...others } = meaningfulSettings(settings, published);
  const words = wordsOf(DATASET_FLAGS, others, standard);
  // Before the seed, where cards have had it since 0.2.
  words.splice(words.indexOf("--seed"), 0, ...wordsOf(DATASET_FLAGS, { target }, standard));
  // Published facts have frames only where somebody said where their videos are.
  const videoWords = settings.frames === null ? [] : ["--frames-root", "DIR"];
  const sourceWords = published
    ? ["--meta-info", "FILE", ...videoWords]
    : ["--scannet", "./raw", ...(hasOwn ? ["--any-name"] : [])];
  return ["vsi-build", ...sourceWords, ...(hasTables ? ["--room-tables", "FILE"] : []), ...words];
}

/** Those that need not be left out because what they need is not there: a build would refuse to take them. */
function meaningfulSettings(
  settings: DatasetSettings,
  published: boolean,
): Partial<DatasetFlags> & Pick<DatasetFlags, "target"> {
  const typed = typedSettings(settings);
  const given: Readonly<Record<string, boolean>> = { frames: settings.frames !== null, scannet: !published };
  const needs = (name: string): string | undefined => (DATASET_FLAGS as Flags)[name]?.needs as string | undefined;
  const kept = Object.entries(typed).filter(([name]) => given[needs(name) ?? ""] ?? true);
  return Object.fromEntries(kept) as Partial<DatasetFlags> & Pick<DatasetFlags, "target">;
}

/** Settings as the flags that one types for them. */
function typedSettings({ frames, ...settings }: DatasetSettings): DatasetFlags {
  const { types, maxPerScene } = settings;
  const { sampling, frameSize, video } = defaultsOf(DATASET_FLAGS);
  return {
    ...settings,
    types: [...types],
    maxPerScene: { ...maxPerScene },
    frames: frames?.frames ?? null,
    sampling: frames?.sampling ?? sampling,
    frameSize: frames?.size ?? frameSize,
    video: frames?.video ?? video,
  };
}
