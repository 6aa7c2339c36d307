import { availableParallelism } from "node:os";
import { checkNeededOptions, flagKinds } from "@vsi/command/internal/program";
import { defaultsOf, type Values } from "@vsi/command/program";
import { OptionsError, QUESTION_TYPES, type QuestionType, typeNeeds } from "@vsi/dataset";
import { checkOptions, fields, type OptionKinds, optionError, orNull, WHOLE, wholeFrom } from "@vsi/dataset/internal";
import { type DatasetSettings, DEFAULT_DATASET_SETTINGS, type FrameSettings, generateOptionsOf } from "@vsi/publish";
import { PROTOCOLS, protocolTypes } from "@vsi/questions";
import { isBalancedBy, validateOptions } from "@vsi/questions/internal";
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

/** What each option must be: what its flag takes, but for those that flags are completed to. */
export const BUILD_OPTIONS: OptionKinds<BuildOptions> = pickKinds();

function pickKinds(): OptionKinds<BuildOptions> {
  const { dryRun: _, quiet: __, json: ___, logLevel: ____, config: _____, ...kinds } = flagKinds(BUILD.flags);
  const { sampling: ______, frameSize: _______, video: ________, ...options } = kinds;
  return { ...options, frames: orNull(fields({ frames: wholeFrom(1) })), workers: WHOLE };
}

const { sampling: SAMPLING, frameSize: SIZE, video: VIDEO } = flagKinds(BUILD.flags);

const DEFAULT_FRAMES: Partial<FrameSettings> = { sampling, size: frameSize, video };

/** What `frames` may hold: what is left out is as the flags have it. */
const FRAME_OPTIONS = { frames: wholeFrom(1), sampling: SAMPLING, size: SIZE, video: VIDEO };

/**
 * Checks a library call's options and completes them as the command completes its flags: what is left out, or null where
 * the flag has no default, is as the protocol and the rules say.
 *
 * @param where the function that got them.
 * @throws OptionsError naming the option, what it got, and what it takes.
 */
export function completeOptions(given: Partial<BuildOptions>, where: string): BuildOptions {
  checkOptions(given ?? null, BUILD_OPTIONS, where);
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { scannet, metaInfo, frames, ...options } = {
    ...DEFAULT_BUILD_OPTIONS,
    scannet: null,
    ...named,
  } as BuildOptions;
  if ((scannet === null) === (metaInfo === null)) {
    throw new OptionsError("option-value", {
      file: `options of ${where}`,
      place: "scannet and metaInfo",
      got: scannet === null ? "neither" : "both",
      expected: "one of them: the raw scans' folder, or the file of published facts",
      advice: "Give one of the two.",
    });
  }
  if (frames !== null) checkOptions(frames, FRAME_OPTIONS, `${where}, frames`);
  const protocol = PROTOCOLS[options.protocol];
  const asked = (named.types as BuildOptions["types"] | null | undefined) ?? protocolTypes(protocol);
  const completed: BuildOptions = {
    ...options,
    ...{ scannet, metaInfo },
    out: (named.out as string | null | undefined) ?? `./${options.protocol}`,
    balance: (named.balance as boolean | null | undefined) ?? isBalancedBy(options.rules),
    types: QUESTION_TYPES.filter((type) => asked.includes(type)),
    labels: (named.labels as BuildOptions["labels"] | null | undefined) ?? protocol.labels,
    frames: frames === null ? null : { ...DEFAULT_FRAMES, ...frames },
    workers: (named.workers as number | null | undefined) ?? availableParallelism(),
  };
  validateOptions(generateOptionsOf(completed), where);
  checkNeededOptions(BUILD.flags, completed, where);
  if (metaInfo !== null && frames !== null && completed.framesRoot === null)
    throw optionError(where, "frames", frames, "null with metaInfo, or framesRoot: the folder of the scenes' videos");
  if (completed.embedFrames && (!completed.pixels || completed.format !== "parquet"))
    throw optionError(where, "embedFrames", true, 'false but with format "parquet" and pixels');
  const missing = missingFor(completed, named.types === undefined || named.types === null ? [] : completed.types);
  if (missing !== null)
    throw optionError(where, "types", missing.type, `types without ${missing.need}, or ${missing.options}`);
  const unasked = uselessCap(completed);
  if (unasked !== null)
    throw optionError(where, "maxPerScene", unasked, `limits of the types asked for: ${completed.types.join(", ")}`);
  return completed;
}

/** A type that has a limit although it isn't asked for; null where there is none, or where no type was named. */
export function uselessCap(asked: { types: readonly QuestionType[] | null; maxPerScene: object }): string | null {
  const { types, maxPerScene } = asked;
  return Object.keys(maxPerScene).find((type) => types !== null && !types.some((one) => one === type)) ?? null;
}

/** A type that was asked for and would give no question, and why. */
interface MissingNeed {
  type: QuestionType;
  /** What it needs of a scan: "a stream". */
  need: string;
  /** What to type. */
  advice: string;
  /** What to give to a function instead of the flags. */
  options: string;
}

/**
 * The first type that was asked for by name of which these settings can make no question; null where there is none. A
 * protocol's types that need more than the scans have are left out quietly: nobody asked for them.
 */
export function missingFor(
  { frames, metaInfo }: Pick<BuildOptions, "frames" | "metaInfo">,
  named: readonly QuestionType[],
): MissingNeed | null {
  for (const type of named) {
    if ((frames === null || metaInfo !== null) && typeNeeds(type, "stream")) {
      return metaInfo === null
        ? { type, need: "the scans' streams", advice: "add --frames N", options: "give frames" }
        : {
            type,
            need: "the scans' streams",
            advice: "build from --scannet with --frames N",
            options: "give scannet with frames",
          };
    }
    if (metaInfo !== null && typeNeeds(type, "walkable")) {
      return { type, need: "the scans' meshes", advice: "build from --scannet", options: "give scannet" };
    }
  }
  return null;
}
