import { checkFlagValues, type LogLevel, UsageError } from "@vsi/command";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import { PROTOCOLS, protocolTypes } from "@vsi/questions";
import { type BuildOptions, DEFAULT_BUILD_OPTIONS } from "../buildOptions.ts";
import type { FrameSettings } from "../publish/settings.ts";
import { readExcludeList } from "../scans/readExcludeList.ts";
import { PUBLISHED_NAME, readSceneList } from "../scans/readSceneList.ts";
import type { BuildFlags } from "./buildFlags.ts";
import { parseMaxPerScene } from "./parseMaxPerScene.ts";

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
  return {
    options: {
      scannet,
      metaInfo,
      out: flags.out ?? `./${flags.protocol}`,
      protocol: flags.protocol,
      types: QUESTION_TYPES.filter((type) => checkTypes(flags.types ?? types, types, flags.protocol).includes(type)),
      labels: flags.labels ?? protocol.labels,
      distance: flags.distance ?? DEFAULT_BUILD_OPTIONS.distance,
      split: flags.split,
      scenes:
        flags.scenes === undefined
          ? null
          : await readSceneList(flags.scenes, metaInfo === null ? undefined : PUBLISHED_NAME),
      exclude: await readExcludeList(flags.exclude ?? []),
      target: flags.target ?? null,
      shard: flags.shard ?? null,
      seed: flags.seed,
      maxPerScene: parseMaxPerScene(flags["max-per-scene"] ?? []),
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

function checkTypes(
  asked: readonly QuestionType[],
  known: readonly QuestionType[],
  protocol: string,
): readonly QuestionType[] {
  for (const type of asked) {
    if (known.includes(type)) continue;
    throw new UsageError(`--types: ${protocol} has no ${type}, only ${known.join(", ")}.`);
  }
  return asked;
}
