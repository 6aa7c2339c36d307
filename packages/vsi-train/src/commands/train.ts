import { listenForSignals, progressStyle, UsageError } from "@vsi/command";
import { checkOutsideDatasets } from "@vsi/command/internal";
import { printable } from "@vsi/dataset/internal";
import { askWorker } from "../dryRun/askWorker.ts";
import { describeDryRun, dryRun } from "../dryRun/dryRun.ts";
import { findTrainerPython } from "../environment/trainerPython.ts";
import { lockOutput } from "../process/lockOutput.ts";
import { needsOwnCode } from "../process/transformersServe.ts";
import { prepareRows } from "../rows/prepareRows.ts";
import { describeSkipped } from "../rows/rows.ts";
import { checkRunFolder, prepareRun } from "../run/prepareRun.ts";
import { servingLines } from "../run/servingLines.ts";
import { superviseRun } from "../run/superviseRun.ts";
import { launcherCommand, runFolder, worldSize } from "../settings/launch.ts";
import { resolveSettings } from "../settings/resolveSettings.ts";
import type { Method } from "../settings/runSettings.ts";
import { checkRows, type TrainOptions } from "../settings/trainOptions.ts";
import { prepareEvaluation } from "../study/evaluateRun.ts";
import { type AnyTrainFlags, toTrainOptions } from "./trainOptions.ts";

/**
 * Trains, or says what training would do.
 *
 * @returns the exit code: 0 done, 1 failed, 130 or 143 after a signal.
 */
export async function runTraining(method: Method, flags: AnyTrainFlags): Promise<number> {
  const options = toTrainOptions(method, flags);
  await checkOutsideDatasets("--out", options.out, "folder");
  if (flags.dryRun) {
    const report = await dryRun(options);
    process.stdout.write(printable(`${flags.json ? JSON.stringify(report, null, 2) : describeDryRun(report)}\n`));
    // Refused as the training would be, in its words; what --resume goes on with may lie on another machine.
    if (options.launch.host === 0 && options.resume === null) await checkRunFolder(options);
    return 0;
  }
  const found = await findTrainerPython();
  if ("missing" in found) throw new UsageError(found.missing);
  const logLevel = flags.quiet ? "error" : flags.logLevel;
  const rows = await prepareRows(options);
  checkRows(options, rows.train.length);
  const skipped = describeSkipped(rows.skipped, method);
  if (skipped !== null && logLevel !== "error") process.stderr.write(`warning: ${skipped}\n`);
  if (options.launch.host === 0 && Object.keys(options.given).length > 0) {
    // TRL's own classes know whether a setting is one: before anything of the run is written.
    const told = resolveSettings(options, options.out, false);
    await askWorker(told, rows.train.slice(0, 1), { python: found.python, processes: worldSize(options.launch) });
  }
  const evaluation = options.launch.host === 0 ? await prepareEvaluation(options, flags) : null;
  // Checked before locking too, so that someone else's folder does not even get a lock file.
  if (options.launch.host === 0) await checkRunFolder(options);
  const lock = lockOutput(runFolder(options), `vsi-train ${method}`);
  // Until here a signal ends the process at once: nothing of the run has been written yet.
  const interruption = listenForSignals();
  try {
    const settings = await prepareRun(options, rows);
    const { exitCode, end } = await superviseRun(settings, {
      python: found.python,
      processes: options.launch.processes,
      launcher: launcherCommand(options.launch, found.python),
      dataset: options.data,
      onAlarm: flags.onAlarm,
      style: progressStyle({ quiet: flags.quiet, logLevel }),
      logLevel,
      signal: AbortSignal.any([interruption.signal, lock.lost]),
      stream: process.stderr,
    });
    if (end.done !== null && logLevel !== "error") {
      const { path } = end.done;
      const transformers = (await needsOwnCode(path)) ? found.python : null;
      const lines = servingLines({ ...servedModel(options, settings.model, path), transformers });
      process.stderr.write(printable(`${lines.join("\n")}\n`));
    }
    const signal = AbortSignal.any([interruption.signal, lock.lost]);
    const isEvaluated = exitCode === 0 && end.done !== null && evaluation !== null;
    const score = isEvaluated ? await evaluation(settings.run, end.done?.step ?? 0, signal) : null;
    if (flags.json) {
      const { done, interrupted } = end;
      const step = (done ?? interrupted)?.step ?? null;
      const scored = score === null ? {} : { score };
      process.stdout.write(
        `${JSON.stringify({ run: settings.run, exit_code: exitCode, step, model: done?.path ?? null, ...scored })}\n`,
      );
    }
    return exitCode;
  } finally {
    lock.release();
    interruption.stopListening();
  }
}

/** What a server and vsi-eval have to be told of the trained model, so that it is asked as it was trained. */
function servedModel(options: TrainOptions, base: string, model: string) {
  const { lora, adapter, frames, maxPixels, mode, data, framesDir } = options;
  const isAdapter = lora !== null || adapter !== null;
  return {
    model,
    base: isAdapter ? base : null,
    rank: lora?.r ?? null,
    frames,
    maxPixels,
    mode,
    ...(framesDir === null ? { data } : {}),
  };
}
