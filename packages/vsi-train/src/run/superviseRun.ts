import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { createLog, Interruption, type LogLevel, type ProgressStyle, UsageError } from "@vsi/command";
import { packageVersion } from "@vsi/command/program";
import { lastLines } from "../process/programOutput.ts";
import type { WorkerLaunch } from "../settings/launch.ts";
import type { RunSettings } from "../settings/runSettings.ts";
import type { ReadyEvent } from "./events.ts";
import { type AlarmAction, monitorRun, type RunEnd } from "./monitor.ts";
import { runFile } from "./runFiles.ts";
import {
  datasetHash,
  gitState,
  RUN_SCHEMA,
  type RunRecord,
  type RunSession,
  readRunRecord,
  writeRunRecord,
} from "./runRecord.ts";
import { createStepDisplay } from "./stepDisplay.ts";
import { runWorker, WORKER_LOG } from "./worker.ts";

/** Options for starting, watching and stopping a run. */
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
interface RunOutcome {
  /** 0 done, 1 failed or stopped by an alarm, 130 or 143 after a signal, once the checkpoint is saved. */
  exitCode: number;
  end: RunEnd;
}

/**
 * Trains as the settings say: starts the Python worker, keeps the run's record and logs, shows progress.
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
  const sayHeard = (): void => {
    const { reason } = options.signal;
    if (reason instanceof Interruption) {
      log("info", `${reason.signal} received: training stops after its next checkpoint; a second signal kills it.`);
    }
  };
  options.signal.addEventListener("abort", sayHeard, { once: true });
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
    options.signal.removeEventListener("abort", sayHeard);
    // A folder taken over by another command gets no record of this run.
    if (!(options.signal.reason instanceof UsageError)) await session.end(outcome?.exitCode ?? 1);
  }
  if (options.signal.reason instanceof UsageError) throw options.signal.reason;
  log(...(await describeEnd({ run, ...outcome, isStopped: signal.aborted })));
  return outcome;
}

/**
 * Keeps run.json while the trainer runs. It is written from `ready` on: of several hosts only the one with the first
 * process gets that event, so there is one writer.
 */
interface SessionKeeper {
  ready(event: ReadyEvent): Promise<void>;
  end(exitCode: number): Promise<void>;
}

/**
 * Gathers what run.json says of a trainer that is about to start.
 * @throws DatasetError or TrainError when the dataset or an earlier record cannot be read.
 */
async function startSession(settings: RunSettings, dataset: string): Promise<SessionKeeper> {
  const { run } = settings;
  const session: RunSession = {
    started: new Date().toISOString(),
    ended: null,
    exit_code: null,
    resumed_from_step: null,
  };
  const earlier = settings.resume === null ? [] : await earlierSessions(run);
  const record: RunRecord = {
    schema: RUN_SCHEMA,
    settings,
    versions: {
      "vsi-train": await packageVersion(new URL("../../package.json", import.meta.url)),
      node: process.versions.node,
    },
    git: await gitState(process.cwd()),
    dataset: await datasetHash(dataset),
    trainer: null,
    sessions: [...earlier, session],
  };
  return {
    async ready({ event: _event, versions, resumed_from_step, ...trainer }) {
      Object.assign(record.versions, versions);
      record.trainer = trainer;
      session.resumed_from_step = resumed_from_step;
      await writeRunRecord(run, record);
    },
    async end(exitCode) {
      if (record.trainer === null) return;
      session.ended = new Date().toISOString();
      session.exit_code = exitCode;
      await writeRunRecord(run, record);
    },
  };
}

async function earlierSessions(run: string): Promise<RunSession[]> {
  return existsSync(runFile(run, "record")) ? (await readRunRecord(run)).sessions : [];
}

/** What is shown of worker.log when the worker dies without a word: Python's error with its stack. */
const SHOWN_LINES = 25;

/** A killed process cannot say so itself. */
const KILLED =
  ", killed by SIGKILL, most often by the system for want of memory (dmesg or the scheduler's record says so): see --dry-run's estimate, and lower --max-pixels, or --batch with as much more --accumulation. --resume continues from the last checkpoint";

/** Whether the worker, a rank that torchrun reports about, or a loader of frames was ended by SIGKILL. */
async function wasKilled(exitCode: number, log: string): Promise<boolean> {
  if (exitCode === 128 + constants.signals.SIGKILL) return true;
  const lines = await lastLines(log, SHOWN_LINES);
  // Each session's lines begin with its command.
  const session = lines.slice(lines.findLastIndex((line) => line.startsWith("$ ")) + 1);
  return session.some((line) => /exitcode\s*:\s*-9\b|\bSignal 9 \(SIGKILL\)|is killed by signal: Killed/.test(line));
}

/** How a run ended, for its closing line. */
interface EndedRun {
  /** Its folder. */
  run: string;
  end: RunEnd;
  exitCode: number;
  /** Whether a signal or an alarm stopped it. */
  isStopped: boolean;
}

/** The closing line of a run: where its result is, how to continue, or where to look for the error. */
export async function describeEnd({ run, end, exitCode, isStopped }: EndedRun): Promise<[LogLevel, string]> {
  const { done, interrupted, error } = end;
  if (done !== null) return ["info", `done at step ${done.step}: ${done.path}. Its curves: vsi-train report ${run}`];
  if (interrupted !== null) {
    return [
      "info",
      `stopped at step ${interrupted.step}, with the checkpoint ${interrupted.path}. Continue with --resume.`,
    ];
  }
  if (isStopped) {
    return ["info", "stopped without saving a checkpoint. --resume continues from the last one, if any."];
  }
  const path = join(run, WORKER_LOG);
  const hint = (await wasKilled(exitCode, path)) ? KILLED : "";
  const what = `the worker ended with exit code ${exitCode}${hint}`;
  if (error !== null) {
    return ["error", `${what}; its output is in ${path}`];
  }
  const lines = await lastLines(path, SHOWN_LINES);
  return ["error", `${what}. The end of ${path}:\n  ${lines.join("\n  ")}`];
}
