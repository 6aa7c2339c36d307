import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createLog, type LogLevel, type ProgressStyle } from "@vsi/command";
import type { RaisedAlarm } from "../monitor/alarms/newAlarms.ts";
import { type AlarmAction, monitorRun } from "../monitor/monitorRun.ts";
import { createStepDisplay } from "../monitor/stepDisplay.ts";
import { lastLines } from "../process/lastLines.ts";
import type { RunSettings } from "../settings/runSettings.ts";
import { runWorker, WORKER_LOG } from "../worker/startWorker.ts";
import type { WorkerLaunch } from "../worker/workerCommand.ts";
import { startSession } from "./runSession.ts";

/** How a run is started, watched and stopped. */
export interface SuperviseOptions extends WorkerLaunch {
  /** The dataset folder, for the record of the run. */
  dataset: string;
  onAlarm: AlarmAction;
  style: ProgressStyle;
  logLevel: LogLevel;
  /** Stops the run with a checkpoint; its reason is an Interruption where a signal asked for it. */
  signal: AbortSignal;
  /** Where lines for the user go. */
  stream: NodeJS.WriteStream;
}

/** What is shown of worker.log when the worker dies: Python's error with its stack. */
const SHOWN_LINES = 25;

/**
 * Trains as the settings say: starts the Python worker, keeps the run's record and logs, shows how it goes.
 *
 * @returns the exit code: 0 done, 1 failed or stopped by an alarm, 130 or 143 after a signal, once the checkpoint is saved.
 * @throws TrainError as in runWorker, DatasetError when the dataset or the run's folder cannot be read or written.
 */
export async function superviseRun(settings: RunSettings, options: SuperviseOptions): Promise<number> {
  const { run } = settings;
  await mkdir(run, { recursive: true });
  const display = createStepDisplay(options.style, options.stream);
  const log = createLog(options.logLevel, (line) => display.note(line));
  const session = await startSession(settings, options.dataset);
  const stopping = new AbortController();
  const monitor = monitorRun(run, {
    onAlarm: options.onAlarm,
    display,
    log,
    onReady: (event) => session.ready(event),
    stop: (reason) => stopping.abort(reason),
  });
  const signal = AbortSignal.any([options.signal, stopping.signal]);
  const trainToEnd = async (): Promise<number> => {
    let ended = 1;
    let stoppedBy: RaisedAlarm | null = null;
    try {
      ended = (await runWorker(settings, { ...options, signal, onEvent: monitor.onEvent })).exitCode;
    } finally {
      stoppedBy = await monitor.finish();
    }
    return stoppedBy === null ? ended : 1;
  };
  let exitCode = 1;
  try {
    exitCode = await trainToEnd();
  } finally {
    await session.end(exitCode);
  }
  if (exitCode !== 0 && !signal.aborted) {
    const path = join(run, WORKER_LOG);
    const lines = await lastLines(path, SHOWN_LINES);
    log("error", `the worker ended with exit code ${exitCode}. The end of ${path}:\n  ${lines.join("\n  ")}`);
  }
  return exitCode;
}
