import { availableParallelism } from "node:os";
import { checkFlagValues, commonFlags, type LogLevel, splitAtCommas, UsageError, wholeNumber } from "@vsi/command";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import { DATA_FORMATS, type FrameSettings } from "@vsi/publish";
import {
  DISTANCE_KINDS,
  isBalancedBy,
  LABEL_KINDS,
  PROTOCOL_NAMES,
  PROTOCOLS,
  type ProtocolName,
  protocolTypes,
  RULES_NAMES,
  TARGET_NAMES,
} from "@vsi/questions";
import type { Argv } from "yargs";
import { type BuildOptions, DEFAULT_BUILD_OPTIONS } from "../options.ts";
import { readExcludeList, readSceneList, SCENE_NAME } from "../scans/lists.ts";
import { parseFrameSize, parseMaxPerScene, parseSampling, parseShard, parseTypes } from "./flagValues.ts";

/** The flags of a build, for `--help` and for reading the command line. */
export function buildFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .option("scannet", {
      type: "string",
      describe: "Raw ScanNet folder: FOLDER/scans/<scanId>/, or FOLDER/<scanId>/",
      requiresArg: true,
    })
    .option("meta-info", {
      type: "string",
      describe:
        "File of VSI-Bench's published scene facts, in place of --scannet: questions for evaluation, no mesh needed",
      requiresArg: true,
    })
    .option("out", {
      type: "string",
      defaultDescription: "./ and the protocol's name",
      describe: "Dataset folder to write",
      requiresArg: true,
    })
    .option("protocol", {
      choices: PROTOCOL_NAMES,
      default: DEFAULT_BUILD_OPTIONS.protocol,
      describe: "How questions are chosen and worded",
    })
    .option("rules", {
      choices: RULES_NAMES,
      default: DEFAULT_BUILD_OPTIONS.rules,
      describe:
        "Which questions are asked: careful (what a viewer would sign and the words do not give away), published (the rules VSI-Bench's own questions follow), paper (the papers' literal recipe)",
    })
    .option("balance", {
      type: "boolean",
      defaultDescription: "with --rules careful",
      describe:
        "Pick questions over all scans so that no answer can be guessed from the words; --no-balance leaves it out",
    })
    .option("thin-sizes", {
      type: "boolean",
      default: DEFAULT_BUILD_OPTIONS.thinSizes,
      describe: "Thin out sizes that are typical of a label, over all scans",
    })
    .option("types", {
      type: "string",
      array: true,
      defaultDescription: "all",
      coerce: parseTypes,
      requiresArg: true,
      describe: `Question types, with commas between: ${QUESTION_TYPES.join(", ")}`,
    })
    .option("labels", {
      choices: LABEL_KINDS,
      defaultDescription: "raw for vsi-100k, canonical for vsi-bench",
      describe: "The annotators' own labels, or one name for synonyms and plurals (for vsi-bench only its own set)",
    })
    .option("distance", {
      choices: DISTANCE_KINDS,
      defaultDescription: "centroid for vsi-100k; surface, or box without a mesh, for vsi-bench",
      describe: "Between what two objects' distance is measured",
    })
    .option("split", {
      choices: ["train", "val", "test", "all"] as const,
      default: DEFAULT_BUILD_OPTIONS.split,
      describe: "ScanNet's official split; test scans have no annotation and are refused",
    })
    .option("scenes", {
      type: "string",
      array: true,
      coerce: splitAtCommas,
      requiresArg: true,
      describe: "Only these scans: ids with commas between, or a file with one id a line",
    })
    .option("exclude", {
      type: "string",
      array: true,
      coerce: splitAtCommas,
      requiresArg: true,
      describe:
        "Leave out these scans and all others of their rooms: ids with commas between, a file with one id a line, or published scene facts",
    })
    .option("target", {
      choices: TARGET_NAMES,
      describe: "Cap the types so that the totals are the published ones, in proportion to the scans read",
    })
    .option("shard", {
      type: "string",
      coerce: (value: string) => parseShard(value),
      requiresArg: true,
      describe:
        "Read only one part of the scans, as 0/8 to 7/8 or auto/8 in a job array; vsi-build merge joins the parts",
    })
    .option("seed", {
      type: "number",
      default: DEFAULT_BUILD_OPTIONS.seed,
      coerce: wholeNumber("--seed", 0),
      requiresArg: true,
      describe: "Decides what is drawn; the same seed gives the same bytes",
    })
    .option("max-per-scene", {
      type: "string",
      array: true,
      coerce: splitAtCommas,
      requiresArg: true,
      describe: "Cap a type in each scan, as TYPE=N; may be repeated",
    })
    .option("box", {
      choices: ["gravity", "pca"] as const,
      default: DEFAULT_BUILD_OPTIONS.box,
      describe: "Object boxes: upright smallest-area rectangle, or principal axes",
    })
    .option("frames", {
      type: "number",
      coerce: wholeNumber("--frames", 1),
      requiresArg: true,
      describe:
        "Also sample so many frames of each scan's .sens (or exported frames) and ask only about what they show",
    })
    .option("sampling", {
      type: "string",
      default: "uniform",
      coerce: parseSampling,
      requiresArg: true,
      describe: "With --frames: uniform, coverage (the frames that together show the most objects), or every:N",
    })
    .option("frame-size", {
      type: "string",
      coerce: parseFrameSize,
      requiresArg: true,
      describe: "With --frames: shrink them to fit, as WIDTHxHEIGHT; without it the stream's own bytes are kept",
    })
    .option("video", {
      type: "boolean",
      default: false,
      describe: "With --frames: also write an mp4 a scan, by ffmpeg",
    })
    .option("min-visible-pixels", {
      type: "number",
      default: DEFAULT_BUILD_OPTIONS.minVisiblePixels,
      coerce: wholeNumber("--min-visible-pixels", 1),
      requiresArg: true,
      describe: "With --frames: pixels of the depth image from which an object counts as seen",
    })
    .option("count-visible", {
      type: "boolean",
      default: DEFAULT_BUILD_OPTIONS.countVisible,
      describe: "With --frames: count what the frames show, not what the room holds",
    })
    .option("format", {
      choices: DATA_FORMATS,
      default: DEFAULT_BUILD_OPTIONS.format,
      describe: "How questions are written: JSON lines, or Parquet beside them",
    })
    .option("pixels", {
      type: "boolean",
      default: DEFAULT_BUILD_OPTIONS.pixels,
      describe: "With --frames: --no-pixels only names the frames, for a dataset that may be published",
    })
    .option("workers", {
      type: "number",
      default: availableParallelism(),
      defaultDescription: "the cores",
      coerce: wholeNumber("--workers", 1),
      requiresArg: true,
      describe: "Threads that read scans",
    })
    .option("resume", {
      type: "boolean",
      default: DEFAULT_BUILD_OPTIONS.resume,
      describe: "Go on with a build that was interrupted",
    })
    .option("overwrite", {
      type: "boolean",
      default: DEFAULT_BUILD_OPTIONS.overwrite,
      describe: "Replace a dataset that vsi-build wrote; never deletes other files",
    })
    .option("dry-run", {
      type: "boolean",
      default: false,
      describe: "Only say what would be read and written, and how large it is",
    })
    .example("$0 --scannet ./raw", "every scan below ./raw, to ./vsi-100k")
    .example(
      "$0 --protocol vsi-bench --meta-info scannet_meta_info_val.json",
      "evaluation questions, no ScanNet needed",
    )
    .example("$0 --scannet ./raw --scenes scene0000_00 --out ./one", "a single scan")
    .example(
      "$0 --scannet ./raw --split val --max-per-scene object_abs_distance=20 --json",
      "the official validation scans",
    );
}

/** A build's flags as yargs read them. */
type BuildFlags = Awaited<ReturnType<typeof buildFlags>["argv"]>;

const WHERE_THE_SCANS_ARE =
  "Say where the raw scans are: --scannet ./raw (a folder that holds scans/scene0000_00/ and so on), " +
  "or --meta-info FILE for VSI-Bench's published scene facts.\nvsi-build --help lists every option.";

/** Flags that take several values. */
const LIST_FLAGS = ["types", "scenes", "exclude", "max-per-scene"];

/** What was typed for a build, checked and completed with the defaults. */
export interface BuildArguments {
  options: BuildOptions;
  dryRun: boolean;
  quiet: boolean;
  json: boolean;
  logLevel: LogLevel;
}

/**
 * From the flags as yargs read them.
 * @throws UsageError naming the flag, what it got and what to give.
 */
export async function toBuildArguments(flags: BuildFlags): Promise<BuildArguments> {
  checkFlagValues(flags, LIST_FLAGS);
  if (flags.resume && flags.overwrite) {
    throw new UsageError("--resume goes on with a build, --overwrite starts it again: give one of them.");
  }
  const scannet = flags.scannet ?? null;
  const metaInfo = flags["meta-info"] ?? null;
  if (scannet === null && metaInfo === null) throw new UsageError(WHERE_THE_SCANS_ARE);
  if (scannet !== null && metaInfo !== null) {
    throw new UsageError("--scannet reads meshes, --meta-info published facts: give one of them.");
  }
  const protocol = PROTOCOLS[flags.protocol];
  const types = protocolTypes(protocol);
  const asked = flags.types ?? types;
  const maxPerScene = parseMaxPerScene(flags["max-per-scene"] ?? []);
  checkTypes("--types", asked, flags.protocol);
  checkTypes("--max-per-scene", Object.keys(maxPerScene) as QuestionType[], flags.protocol);
  return {
    options: {
      scannet,
      metaInfo,
      out: flags.out ?? `./${flags.protocol}`,
      protocol: flags.protocol,
      rules: flags.rules,
      balance: flags.balance ?? isBalancedBy(flags.rules),
      thinSizes: flags["thin-sizes"],
      types: QUESTION_TYPES.filter((type) => asked.includes(type)),
      labels: flags.labels ?? protocol.labels,
      distance: flags.distance ?? DEFAULT_BUILD_OPTIONS.distance,
      split: flags.split,
      scenes:
        flags.scenes === undefined
          ? null
          : await readSceneList(flags.scenes, metaInfo === null ? undefined : SCENE_NAME),
      exclude: await readExcludeList(flags.exclude ?? []),
      target: flags.target ?? null,
      shard: flags.shard ?? null,
      seed: flags.seed,
      maxPerScene,
      box: flags.box,
      frames: frameSettings(flags),
      minVisiblePixels: flags["min-visible-pixels"],
      countVisible: flags["count-visible"],
      format: flags.format,
      pixels: flags.pixels,
      workers: flags.workers,
      resume: flags.resume,
      overwrite: flags.overwrite,
    },
    dryRun: flags["dry-run"],
    quiet: flags.quiet,
    json: flags.json,
    logLevel: flags["log-level"],
  };
}

function frameSettings(flags: BuildFlags): FrameSettings | null {
  if (flags.frames === undefined) {
    const given = (["video", "count-visible", "frame-size"] as const).find((name) => flags[name]);
    if (given !== undefined) throw new UsageError(`--${given} goes with --frames N: say how many frames to take.`);
    if (!flags.pixels) throw new UsageError("--no-pixels goes with --frames N: without frames there are no pixels.");
    return null;
  }
  if (flags.video && !flags.pixels) {
    throw new UsageError("--video writes pixels, --no-pixels leaves them out: give one of them.");
  }
  if (flags["meta-info"] !== undefined) {
    throw new UsageError("--frames needs the scans' streams: it goes with --scannet, not with --meta-info.");
  }
  return { frames: flags.frames, sampling: flags.sampling, size: flags["frame-size"] ?? null, video: flags.video };
}

/** @throws UsageError naming the first type that the protocol does not have. */
function checkTypes(flag: string, asked: readonly QuestionType[], protocol: ProtocolName): void {
  const known = protocolTypes(PROTOCOLS[protocol]);
  const other = asked.find((type) => !known.includes(type));
  if (other !== undefined) throw new UsageError(`${flag}: ${protocol} has no ${other}, only ${known.join(", ")}.`);
}
