import { basename, resolve } from "node:path";
import type { RaisedAlarm } from "../monitor/alarms/newAlarms.ts";
import { readRunLog } from "../run/readRunLog.ts";
import { ALARMS_FORM, METRICS_FORM, SAMPLES_FORM } from "../run/recordForms.ts";
import { runFile } from "../run/runFiles.ts";
import { type RunRecord, readRunRecord } from "../run/runRecord.ts";
import type { HeldOutEvent, SampleEvent, StepEvent } from "../worker/workerEvent.ts";

/** All that a run left behind for its report. */
export interface Run {
  /** The folder's name. */
  name: string;
  record: RunRecord;
  steps: StepEvent[];
  heldOut: HeldOutEvent[];
  samples: SampleEvent[];
  alarms: RaisedAlarm[];
}

/** Reads a run's folder, also while the run goes on. @throws TrainError "run-unreadable" or "log-syntax", DatasetError as in fileError. */
export async function readRun(folder: string): Promise<Run> {
  const record = await readRunRecord(folder);
  const metrics = (await readRunLog(runFile(folder, "metrics"), METRICS_FORM.parse)).map((line) => line.record);
  return {
    name: basename(resolve(folder)),
    record,
    steps: metrics.filter((event) => event.event === "step"),
    heldOut: metrics.filter((event) => event.event === "held_out"),
    samples: (await readRunLog(runFile(folder, "samples"), SAMPLES_FORM.parse)).map((line) => line.record),
    alarms: (await readRunLog(runFile(folder, "alarms"), ALARMS_FORM.parse)).map((line) => line.record),
  };
}
