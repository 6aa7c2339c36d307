import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkReportFile, inOneGo, type ReportFile, writeReportFile } from "@vsi/command";
import { terminalColumns } from "@vsi/command/internal/program";
import { UsageError, type Values } from "@vsi/command/program";
import { isRecord, printable, shownJson } from "@vsi/dataset/internal";
import { isOurPage } from "@vsi/report/internal";
import { RunStoppedError } from "../errors.ts";
import { looksPage, looksText } from "../output/looks.ts";
import { describeRun } from "../output/run.ts";
import { findPredictionsFile } from "../predictions.ts";
import { completeRunOptions, type RunOptions } from "../run/runOptions.ts";
import { RUN_SCHEMA, type RunSettings } from "../run/runSettings.ts";
import { type FramesShown, OTHER_FRAMES, SHOWN_TITLES, shownFolder } from "../run/shownFrames.ts";
import { readScoreReport } from "../score/compareScores.ts";
import { compareLooks, type Look } from "../score/looks.ts";
import { readSettings } from "../settings.ts";
import type { LOOKS } from "./flags.ts";
import { askModel, readKey } from "./run.ts";

/**
 * Makes the runs with other frames, as far as they are not there yet, and prints what the frames bring.
 *
 * @returns the exit code: 1 when a question of one of them got no answer
 */
export async function run(flags: Values<typeof LOOKS>): Promise<number> {
  const { run: folder, others, html, overwrite } = flags;
  const page: ReportFile | null =
    html === null ? null : { flag: "--html", path: html, command: "vsi-eval", isOurs: isOurPage, overwrite };
  if (page !== null) await checkReportFile(page);
  const settings = await settingsOf(folder, "RUN");
  if (settings.frames_shown !== null) {
    throw new UsageError(
      `RUN ${folder}: got a run ${describeShown(settings.frames_shown)}, expected the plain one. Give it first, the others after it.`,
    );
  }
  // Before anything is asked: its questions may have changed since.
  const plain = await readScoreReport(folder);
  let failed = 0;
  const runs: { shown: Look["shown"]; folder: string }[] = [];
  for (const other of others) {
    const { frames_shown: shown } = await settingsOf(other, "OTHERS");
    if (shown === null) {
      throw new UsageError(`OTHERS ${other}: got a run with its own frames, expected one with other frames.`);
    }
    const same = runs.find((found) => found.shown === shown);
    if (same !== undefined) {
      throw new UsageError(
        `OTHERS ${other}: got a run ${describeShown(shown)}, as is ${same.folder}. Give one of them.`,
      );
    }
    runs.push({ shown, folder: other });
  }
  if (others.length === 0) {
    const key = readKey(process.env, flags.apiKeyEnv);
    for (const shown of OTHER_FRAMES) {
      const options = optionsOf(settings, shown, flags);
      await checkEarlier(options, settings);
      failed += await askOther(options, key, flags);
      runs.push({ shown, folder: options.out });
    }
  }
  const looks: Look[] = [];
  for (const { shown, folder: other } of runs) looks.push({ shown, report: await readScoreReport(other) });
  const report = inOneGo(() => compareLooks(plain, looks));
  if (page !== null) await writeReportFile(page, looksPage(report));
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${looksText(report, terminalColumns())}\n`));
  return failed > 0 ? 1 : 0;
}

/** What two runs of a comparison may differ in, or what is compared itself. */
const MAY_DIFFER: ReadonlySet<string> = new Set([
  ...["base_url", "data", "limit", "images", "versions"],
  ...["frames_shown", "frames_seed"],
]);

/**
 * Refuses an earlier start of a run with other frames that can't be continued: RUN was made again since, or the draw is
 * another.
 *
 * @throws UsageError naming what differs.
 */
async function checkEarlier({ out, framesSeed }: RunOptions, plain: RunSettings): Promise<void> {
  const earlier = existsSync(join(out, "settings.json")) ? await readSettings("", out) : null;
  if (earlier === null) return;
  const shown = (settings: object, name: string): string =>
    shownJson((settings as Record<string, unknown>)[name] ?? null);
  const differing = Object.keys(plain)
    .filter((name) => !MAY_DIFFER.has(name) && shown(plain, name) !== shown(earlier, name))
    .map((name) => `${name} ${shown(earlier, name)}, now ${shown(plain, name)}`);
  const seed = earlier.frames_seed ?? null;
  if (seed !== null && seed !== framesSeed) differing.push(`frames_seed ${shownJson(seed)}, now ${framesSeed}`);
  if (differing.length === 0) return;
  throw new UsageError(
    `${out}: holds an earlier run with ${differing.join("; ")}. Remove the folder to ask again, or use the settings that it has.`,
  );
}

/** @returns how many questions got no answer */
async function askOther(options: RunOptions, key: string | null, flags: Values<typeof LOOKS>): Promise<number> {
  try {
    const report = await askModel(options, key, flags);
    if (report.failed.length > 0) process.stderr.write(printable(`${describeRun(report)}\n`));
    return report.failed.length;
  } catch (error) {
    if (!(error instanceof RunStoppedError)) throw error;
    // RUN has some at least.
    throw new RunStoppedError(error.reason, { hasAnswers: true, by: "the same command", cause: error });
  }
}

/** The settings of a run of this program's. */
async function settingsOf(folder: string, argument: string): Promise<RunSettings> {
  if (!existsSync(folder))
    throw new UsageError(`${argument} ${folder}: got nothing, expected the folder of vsi-eval run. Check the path.`);
  const settings = await readSettings(await findPredictionsFile(folder));
  if (!isRecord(settings) || settings.schema !== RUN_SCHEMA) {
    throw new UsageError(
      `${argument} ${folder}: got ${settings === null ? "answers without settings.json" : "settings of another program"}, expected the folder of vsi-eval run, which says how the model was asked.`,
    );
  }
  // Before 0.2 there was no other way.
  return { ...(settings as unknown as RunSettings), frames_shown: (settings.frames_shown ?? null) as FramesShown };
}

function describeShown(shown: FramesShown): string {
  return shown === null
    ? "with its own frames"
    : shown === "without"
      ? "without frames"
      : `with ${SHOWN_TITLES[shown]}`;
}

/** The run again with other frames: every setting but that is the same. */
function optionsOf(settings: RunSettings, shown: Look["shown"], flags: Values<typeof LOOKS>): RunOptions {
  const { model, data, subset, limit, mode, prompts, frames, temperature, seed } = settings;
  const out = flags.run.replace(/[/\\]+$/, "");
  return completeRunOptions({
    ...({ model, data, subset, limit, mode, prompts, temperature, seed } as Partial<RunOptions>),
    baseUrl: flags.baseUrl ?? settings.base_url,
    ...(frames === null ? {} : { frames }),
    maxPixels: settings.max_pixels,
    maxTokens: settings.max_tokens,
    framesFolder: flags.framesDir,
    framesSeed: flags.framesSeed,
    withoutFrames: shown === "without",
    shuffledFrames: shown === "shuffled",
    framesOfOtherRooms: shown === "other-rooms",
    concurrency: flags.concurrency,
    timeout: flags.timeout,
    retries: flags.retries,
    allowDroppedImages: settings.images === "dropped",
    out: shownFolder(out, shown),
    resume: true,
  });
}
