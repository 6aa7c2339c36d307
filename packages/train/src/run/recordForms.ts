import type { RaisedAlarm } from "../monitor/alarms/newAlarms.ts";
import { parseEvent } from "../worker/parseEvent.ts";
import type { HeldOutEvent, SampleEvent, StepEvent } from "../worker/workerEvent.ts";
import { writeEvent } from "../worker/writeEvent.ts";
import type { RecordForm } from "./runLog.ts";

/** metrics.jsonl */
export const METRICS_FORM: RecordForm<StepEvent | HeldOutEvent> = {
  parse(line) {
    const event = parseEvent(line);
    return event?.event === "step" || event?.event === "held_out" ? event : null;
  },
  write: writeEvent,
};

/** samples.jsonl */
export const SAMPLES_FORM: RecordForm<SampleEvent> = {
  parse(line) {
    const event = parseEvent(line);
    return event?.event === "sample" ? event : null;
  },
  write: writeEvent,
};

/** alarms.jsonl */
export const ALARMS_FORM: RecordForm<RaisedAlarm> = {
  parse(line) {
    try {
      const value = JSON.parse(line);
      const isAlarm =
        typeof value?.name === "string" && typeof value.step === "number" && typeof value.message === "string";
      return isAlarm ? value : null;
    } catch {
      return null;
    }
  },
  write: (alarm) => JSON.stringify(alarm),
};
