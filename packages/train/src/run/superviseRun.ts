import { mkdir } from "node:fs/promises";
import { createLog, type LogLevel, type ProgressStyle } from "@vsi/command";
import { type AlarmAction, monitorRun, type RunEnd } from "../monitor/monitorRun.ts";
import { createStepDisplay } from "../monitor/stepDisplay.ts";
import type { RunSettings } from "../settings/runSettings.ts";
import { runWorker } from "../worker/startWorker.ts";
import type { WorkerLaunch } from "../worker/workerCommand.ts";
import { describeEnd } from "./describeEnd.ts";
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

/** How a run ended. */
export interface RunOutcome {
  /** 0 done, 1 failed or stopped by an alarm, 130 or 143 after a signal, once the checkpoint is saved. */
  exitCode: number;
  end: RunEnd;
}

/**
 * Trains as the settings say: starts the Python worker, keeps the run's record and logs, shows how it goes.
 *
 * @throws TrainError as in runWorker, DatasetError when the dataset or the run's folder cannot be read or written.
 */
export async function superviseRun(settings: RunSettings, options: SuperviseOptions): Promise<RunOutcome> {
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
  let outcome: RunOutcome | null = null;
  const trainToEnd = async (): Promise<RunOutcome> => {
    let ended = 1;
    let end: RunEnd;
    try {
      ended = (await runWorker(settings, { ...options, signal, onEvent: monitor.onEvent })).exitCode;
    } finally {
      end = await monitor.finish();
    }
    return { exitCode: end.alarm === null ? ended : 1, end };
  };
  try {
    outcome = await trainToEnd();
  } finally {
    await session.end(outcome?.exitCode ?? 1);
  }
  log(...(await describeEnd({ run, ...outcome, isStopped: signal.aborted })));
  return outcome;
}
