import type { Log } from "@vsi/command";
import type { ALARM_ACTIONS } from "../commands/trainingFlags.ts";
import { newAlarms, type RaisedAlarm } from "./alarms.ts";
import type { HeldOutEvent, ReadyEvent, SampleEvent, StepEvent, WorkerEvent } from "./events.ts";
import { ALARMS_FORM, METRICS_FORM, openRunLog, type RunLog, runFile, SAMPLES_FORM } from "./runFiles.ts";
import { progressLine, type StepDisplay } from "./stepDisplay.ts";

/** What an alarm does. */
export type AlarmAction = (typeof ALARM_ACTIONS)[number];

/** Callbacks of a monitor. */
interface MonitorOptions {
  onAlarm: AlarmAction;
  display: StepDisplay;
  log: Log;
  /** The trainer is ready; awaited before the next event. */
  onReady: (event: ReadyEvent) => Promise<void>;
  /** Called once when the run has to stop: an alarm with "stop", or a log that cannot be written. */
  stop: (reason: Error) => void;
}

/** What the worker's events said of a run's end; all null when it was killed. */
export interface RunEnd {
  /** The alarm that stopped it. */
  alarm: RaisedAlarm | null;
  /** Where the trained adapter or model is. */
  done: { step: number; path: string } | null;
  /** The checkpoint of an orderly stop. */
  interrupted: { step: number; path: string } | null;
  /** Why the worker failed, in its own words. */
  error: string | null;
}

/** Keeps a run's logs and shows its progress. */
interface RunMonitor {
  /** Takes the worker's events in their order; returns at once. */
  onEvent: (event: WorkerEvent) => void;
  /**
   * Waits until everything received is written, and closes the logs.
   * @returns what the events said of the end.
   * @throws DatasetError or TrainError when a log could not be read or written.
   */
  finish(): Promise<RunEnd>;
}

interface RunLogs {
  metrics: RunLog<StepEvent | HeldOutEvent>;
  samples: RunLog<SampleEvent>;
  alarms: RunLog<RaisedAlarm>;
}

/**
 * Takes a run's events: steps and held-out metrics go to metrics.jsonl, samples to samples.jsonl, alarms to
 * alarms.jsonl and to the log, and each step to the display. A resumed run continues in the same files.
 *
 * @param run the run's folder.
 */
export function monitorRun(run: string, options: MonitorOptions): RunMonitor {
  let logs: RunLogs | null = null;
  const steps: StepEvent[] = [];
  const end: RunEnd = { alarm: null, done: null, interrupted: null, error: null };
  let failure: { error: unknown } | null = null;
  // Opening the logs takes a while; events that arrive meanwhile are queued.
  let queue: Promise<void> = Promise.resolve();

  const raise = (opened: RunLogs): void => {
    for (const alarm of newAlarms(steps, opened.alarms.records())) {
      opened.alarms.append(alarm);
      options.log(
        options.onAlarm === "stop" ? "error" : "warn",
        `${alarm.name} at step ${alarm.step}: ${alarm.message}`,
      );
      if (options.onAlarm === "stop" && end.alarm === null) {
        end.alarm = alarm;
        options.stop(new Error(`the alarm ${alarm.name}`));
      }
    }
  };
  const take = async (event: WorkerEvent): Promise<void> => {
    if (event.event === "ready") {
      logs ??= await openLogs(run, event.resumed_from_step ?? 0);
      steps.push(...logs.metrics.records().filter((record) => record.event === "step"));
      await options.onReady(event);
    } else if (event.event === "sample") {
      logs?.samples.append(event);
    } else if (event.event === "held_out") {
      logs?.metrics.append(event);
    } else if (event.event === "step" && logs !== null) {
      logs.metrics.append(event);
      steps.push(event);
      options.display.show(progressLine(steps), event.step === event.of);
      raise(logs);
    } else if (event.event === "checkpoint") {
      options.log("debug", `checkpoint of step ${event.step}: ${event.path}`);
    } else if (event.event === "warning") {
      options.log("warn", event.message);
    } else if (event.event === "done") {
      end.done = event;
    } else if (event.event === "interrupted") {
      end.interrupted = event;
    } else if (event.event === "error") {
      // Of several processes, the first error is the cause: the others fail because it is gone.
      options.log(end.error === null ? "error" : "debug", event.message);
      end.error ??= event.message;
    }
  };
  return {
    onEvent(event) {
      queue = queue
        .then(() => (failure === null ? take(event) : undefined))
        .catch((error: unknown) => {
          failure = { error };
          options.stop(error as Error);
        });
    },
    async finish() {
      await queue;
      for (const log of Object.values(logs ?? {}) as RunLog<never>[]) log.close();
      options.display.stop();
      if (failure !== null) throw (failure as { error: unknown }).error;
      return end;
    },
  };
}

async function openLogs(run: string, lastStep: number): Promise<RunLogs> {
  return {
    metrics: await openRunLog(runFile(run, "metrics"), lastStep, METRICS_FORM),
    samples: await openRunLog(runFile(run, "samples"), lastStep, SAMPLES_FORM),
    alarms: await openRunLog(runFile(run, "alarms"), lastStep, ALARMS_FORM),
  };
}
