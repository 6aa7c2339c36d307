import { didYouMean, SPLIT_WORDS } from "@vsi/command/internal/program";
import { defineFlags, UsageError } from "@vsi/command/program";
import { PROTOCOL_NAMES, QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import type { FrameSampling } from "@vsi/geometry/node";
import { DEFAULT_CHOICES, DISTANCE_KINDS, LABEL_KINDS, RULES_NAMES, TARGET_NAMES } from "@vsi/questions/choices";

/** The forms that questions are written in. */
export const DATA_FORMATS = ["jsonl", "parquet"] as const;

/** Which of ScanNet's official splits to build from. */
export type SplitChoice = "train" | "val" | "test" | "all";

const INPUT = "Input";
const QUESTIONS = "Questions";
const FRAMES = "Frames";
const OUTPUT = "Output";

/**
 * What decides a dataset's bytes: the settings of manifest.json, in their order there, as flags of a build. A card's
 * command is written from them.
 */
export const DATASET_FLAGS = defineFlags({
  protocol: {
    type: "text",
    group: QUESTIONS,
    value: "NAME",
    choices: PROTOCOL_NAMES,
    default: DEFAULT_CHOICES.protocol,
    onRecord: true,
    describe: "Types and wording",
  },
  rules: {
    type: "text",
    group: QUESTIONS,
    value: "NAME",
    choices: RULES_NAMES,
    default: DEFAULT_CHOICES.rules,
    onRecord: true,
    describe: "How strict",
  },
  balance: {
    type: "boolean",
    group: QUESTIONS,
    default: null,
    defaultText: "on with --rules careful; --no-balance turns it off",
    rare: true,
    onRecord: true,
    describe: "Choose questions across all scans so that the wording does not give answers away",
  },
  thinSizes: {
    type: "boolean",
    group: QUESTIONS,
    default: DEFAULT_CHOICES.thinSizes,
    rare: true,
    onRecord: true,
    describe: "Drop size questions whose answer is typical of the label",
  },
  types: {
    type: "list",
    group: QUESTIONS,
    value: "A,B",
    choices: QUESTION_TYPES,
    parse: (types) => types as QuestionType[],
    write: (types: readonly QuestionType[]) => types.join(","),
    defaultText: "all of the protocol",
    onRecord: true,
    describe: "Question types to ask",
  },
  labels: {
    type: "text",
    group: QUESTIONS,
    value: "KIND",
    choices: LABEL_KINDS,
    defaultText: "the protocol's",
    rare: true,
    onRecord: true,
    describe: "The annotators' own labels, or one name for synonyms and plurals",
  },
  distance: {
    type: "text",
    group: QUESTIONS,
    value: "KIND",
    choices: DISTANCE_KINDS,
    defaultText: "the protocol's",
    rare: true,
    onRecord: true,
    describe: "How the distance between two objects is measured",
  },
  split: {
    ...SPLIT_WORDS,
    group: INPUT,
    value: "NAME",
    // Manifests call it as ScanNet does.
    parse: (split: string) => (split === "validation" ? "val" : split) as SplitChoice,
    default: "all" as SplitChoice,
    onRecord: true,
    describe: "Official split",
  },
  seed: {
    type: "whole",
    group: QUESTIONS,
    from: 0,
    default: DEFAULT_CHOICES.seed,
    rare: true,
    onRecord: true,
    describe: "Random seed; the same seed gives the same bytes",
  },
  maxPerScene: {
    type: "list",
    group: QUESTIONS,
    value: "TYPE=N",
    parse: parseMaxPerScene,
    write: (caps: Readonly<Partial<Record<QuestionType, number>>>) =>
      Object.entries(caps).map(([type, most]) => `${type}=${most}`),
    takes: "whole numbers by question type, such as { object_counting: 20 }",
    default: {},
    defaultText: "no cap",
    rare: true,
    onRecord: true,
    describe: "Maximum number of questions of a type per scan; repeatable",
  },
  target: {
    type: "text",
    group: QUESTIONS,
    value: "NAME",
    choices: TARGET_NAMES,
    rare: true,
    onRecord: true,
    describe: "Cap each type at a published dataset's total, in proportion to the scans read",
  },
  box: {
    type: "text",
    group: QUESTIONS,
    value: "KIND",
    choices: ["gravity", "pca"],
    needs: "scannet",
    default: "gravity",
    rare: true,
    onRecord: true,
    describe: "How object boxes are fitted, upright or by principal axes",
  },
  frames: {
    type: "whole",
    group: QUESTIONS,
    from: 1,
    onRecord: true,
    describe: "Sample N video frames per scan; ask what they show",
  },
  sampling: {
    type: "text",
    group: FRAMES,
    needs: "frames",
    value: "HOW",
    parse: parseSampling,
    write: (sampling: FrameSampling) => (typeof sampling === "string" ? sampling : `every:${sampling.every}`),
    takes: '"uniform", "coverage", or { every: N } with a whole number of at least 1',
    default: "uniform",
    rare: true,
    describe: "Which frames: uniform, coverage (those that together show the most objects), every:N",
  },
  frameSize: {
    type: "text",
    group: FRAMES,
    needs: "frames",
    value: "WxH",
    parse: parseFrameSize,
    write: ({ width, height }: FrameSize) => `${width}x${height}`,
    takes: "pixels, such as { width: 640, height: 480 }",
    defaultText: "the stream's own bytes",
    rare: true,
    describe: "Shrink frames to fit",
  },
  video: {
    type: "boolean",
    group: FRAMES,
    needs: "frames",
    rare: true,
    describe: "Also write each scan's frames as an mp4, by ffmpeg",
  },
  minVisiblePixels: {
    type: "whole",
    group: FRAMES,
    needs: "frames",
    from: 1,
    default: DEFAULT_CHOICES.minVisiblePixels,
    rare: true,
    onRecord: true,
    describe: "Pixels of the depth image from which an object counts as seen",
  },
  countVisible: {
    type: "boolean",
    group: FRAMES,
    needs: "frames",
    default: DEFAULT_CHOICES.countVisible,
    rare: true,
    onRecord: true,
    describe: "Count the objects that the frames show, not those in the room",
  },
  format: {
    type: "text",
    group: OUTPUT,
    value: "NAME",
    choices: DATA_FORMATS,
    default: "jsonl",
    rare: true,
    onRecord: true,
    describe: "How questions are written; parquet comes beside the JSON lines",
  },
  embedFrames: {
    type: "boolean",
    group: FRAMES,
    needs: "frames",
    default: false,
    rare: true,
    onRecord: true,
    describe: "Put the frames' bytes into the Parquet files, for every question; large",
    insteadOf: "--format chooses the files, not what is in them, and --no-pixels leaves the frames out altogether",
  },
  pixels: {
    type: "boolean",
    group: FRAMES,
    needs: "frames",
    default: true,
    rare: true,
    onRecord: true,
    describe: "Name the frames but leave out their pixels, for a dataset that may be published",
  },
});

/** Pixels. */
export interface FrameSize {
  width: number;
  height: number;
}

function parseMaxPerScene(values: readonly string[]): Partial<Record<QuestionType, number>> {
  const caps: Partial<Record<QuestionType, number>> = {};
  for (const value of values) {
    const [name, number, ...rest] = value.split("=");
    const type = QUESTION_TYPES.find((known) => known === name);
    if (type === undefined || number === undefined || !/^\d{1,9}$/.test(number) || rest.length > 0) {
      const near = type === undefined ? didYouMean(name ?? "", QUESTION_TYPES, (one) => `${one}=${number ?? "N"}`) : "";
      throw new UsageError(
        `got ${value}, expected TYPE=N such as object_abs_distance=20.${near} Types: ${QUESTION_TYPES.join(", ")}.`,
      );
    }
    if (caps[type] !== undefined) {
      throw new UsageError(`got ${type}=${caps[type]} and ${value}, expected one number for each type. Leave one out.`);
    }
    caps[type] = Number(number);
  }
  return caps;
}

function parseSampling(value: string): FrameSampling {
  if (value === "uniform" || value === "coverage") return value;
  const step = /^every:([1-9]\d{0,6})$/.exec(value)?.[1];
  if (step !== undefined) return { every: Number(step) };
  throw new UsageError(`got ${value}, expected uniform, coverage, or every:N such as every:10.`);
}

/**
 * Reads a size such as "640x480". @throws UsageError for any other text.
 *
 * @example
 * ```js
 * import { parseFrameSize } from "@vsi/publish/flags";
 *
 * console.log(parseFrameSize("640x480").width); // 640
 * ```
 */
export function parseFrameSize(value: string): FrameSize {
  const [, width, height] = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(value) ?? [];
  if (width === undefined || height === undefined) {
    throw new UsageError(`got ${value}, expected WIDTHxHEIGHT in pixels, such as 640x480.`);
  }
  return { width: Number(width), height: Number(height) };
}
