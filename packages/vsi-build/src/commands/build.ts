import { createLog, type Log, listenForSignals, type Progress, progressStyle, startProgress } from "@vsi/command";
import { UsageError, type Values } from "@vsi/command/program";
import type { QuestionType } from "@vsi/dataset";
import { printable } from "@vsi/dataset/internal";
import type { FrameSettings } from "@vsi/publish";
import { PROTOCOLS, type ProtocolName, protocolTypes } from "@vsi/questions";
import { buildDataset } from "../buildDataset.ts";
import { describeDryRun, dryRun } from "../dryRun.ts";
import { keepHeapSmall, optimizeLater } from "../engine.ts";
import { type BuildOptions, missingFor, uselessCap } from "../options.ts";
import { printReport } from "../report.ts";
import { readExcludeList, readSceneList, SCENE_NAME } from "../scans/lists.ts";
import type { BUILD } from "./flags.ts";

/** What was typed for a build. */
type BuildValues = Values<typeof BUILD>;

/**
 * Builds with a progress bar and a closing table, or says what a build would do.
 *
 * @returns the exit code: 1 when a scan was skipped.
 */
export async function run(values: BuildValues): Promise<number> {
  const { json, quiet, dryRun: onlyDry } = values;
  const options = await buildOptions(values);
  if (onlyDry) {
    const report = await dryRun(options);
    process.stdout.write(printable(`${json ? JSON.stringify(report, null, 2) : describeDryRun(report)}\n`));
    if (report.out_action === "refuse") throw new UsageError(report.out_note);
    return 0;
  }
  const shown: { progress: Progress | null } = { progress: null };
  const write = (line: string): void => {
    if (shown.progress === null) process.stderr.write(`${line}\n`);
    else shown.progress.note(line);
  };
  optimizeLater(values.workers);
  const log: Log = createLog(quiet ? "error" : values.logLevel, write);
  const interruption = listenForSignals();
  try {
    const report = await buildDataset(options, {
      signal: interruption.signal,
      onNote: (message) => log("info", message),
      onStart: (scans) => {
        shown.progress = startProgress(scans, "scans", progressStyle(values));
      },
      onScan: (scanId) => {
        // A thread that starts undoes it.
        keepHeapSmall();
        shown.progress?.done(scanId);
      },
      onProblem: log,
    });
    shown.progress?.stop();
    return printReport(report, values, { frames: options.frames ?? null, metaInfo: options.metaInfo ?? null });
  } finally {
    shown.progress?.stop();
    interruption.stopListening();
  }
}

const WHERE_THE_SCANS_ARE =
  "Say where the raw scans are: --scannet ./raw (a folder that holds scans/scene0000_00/ and so on), " +
  "or --meta-info FILE for published scene facts.\nvsi-build --help-all lists every flag.";

/**
 * A build's options from what was typed, for `buildDataset` to complete. What was not typed is left out, not filled in: a
 * protocol's types that need a stream are dropped quietly, while the same types asked for by name are refused.
 *
 * @throws UsageError naming the flag, what it got and what to give.
 */
export async function buildOptions(values: BuildValues): Promise<Partial<BuildOptions>> {
  const { scannet, metaInfo, anyName, resume, overwrite } = values;
  if (resume && overwrite) {
    throw new UsageError("--resume continues a build, --overwrite starts over: give only one.");
  }
  if (scannet === null && metaInfo === null) throw new UsageError(WHERE_THE_SCANS_ARE);
  if (scannet !== null && metaInfo !== null) {
    throw new UsageError("--scannet reads meshes, --meta-info published facts: give only one.");
  }
  const frames = frameSettings(values);
  for (const [flag, types] of [
    ["--types", values.types ?? []],
    ["--max-per-scene", Object.keys(values.maxPerScene) as QuestionType[]],
  ] as const) {
    checkTypes(flag, types, values.protocol);
    checkNeeds(flag, types, { frames, metaInfo });
  }
  const unasked = uselessCap(values);
  if (unasked !== null) {
    throw new UsageError(
      `--max-per-scene: got a limit for ${unasked}, which is not among --types ${values.types?.join(",")}. Add it there, or leave the limit out.`,
    );
  }
  const { quiet, json, logLevel, config, dryRun: _, sampling, frameSize, video, ...options } = values;
  const given = {
    ...options,
    scenes:
      values.scenes === null
        ? null
        : await readSceneList(values.scenes, metaInfo === null && !anyName ? undefined : SCENE_NAME),
    exclude: await readExcludeList(values.exclude),
    frames,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

function frameSettings(flags: BuildValues): FrameSettings | null {
  if (flags.frames === null) return null;
  if (flags.video && !flags.pixels) {
    throw new UsageError("--video writes pixels, --no-pixels leaves them out: give only one.");
  }
  if (flags.embedFrames && (!flags.pixels || flags.format !== "parquet")) {
    throw new UsageError(
      "--embed-frames puts pixels into Parquet files: use it with --format parquet, without --no-pixels.",
    );
  }
  if (flags.metaInfo !== null && flags.framesRoot === null) {
    throw new UsageError(
      "--frames: published facts come without streams. Say where the scenes' videos are (--frames-root DIR: DIR/<scene>.mp4 or DIR/<dataset>/<scene>.mp4), or use --scannet.",
    );
  }
  return { frames: flags.frames, sampling: flags.sampling, size: flags.frameSize, video: flags.video };
}

/** @throws UsageError naming the first type that the protocol does not have. */
function checkTypes(flag: string, asked: readonly QuestionType[], protocol: ProtocolName): void {
  const known = protocolTypes(PROTOCOLS[protocol]);
  const other = asked.find((type) => !known.includes(type));
  if (other !== undefined) throw new UsageError(`${flag}: ${protocol} has no ${other}, only ${known.join(", ")}.`);
}

/** @throws UsageError naming the first type that would quietly give no question. */
function checkNeeds(flag: string, types: readonly QuestionType[], options: Parameters<typeof missingFor>[0]): void {
  const missing = missingFor(options, types);
  if (missing === null) return;
  const { type, need, advice } = missing;
  throw new UsageError(`${flag}: ${type} asks about ${need}: ${advice}, or leave it out.`);
}
