import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { DatasetError } from "@vsi/dataset";
import { fileError, readRegularFile } from "@vsi/dataset/internal/node";
import { writeFileAtomically } from "@vsi/dataset/node";
import { TrainError } from "../errors.ts";
import type { RaisedAlarm } from "./alarms.ts";
import { type HeldOutEvent, parseEvent, type SampleEvent, type StepEvent, writeEvent } from "./events.ts";

/** The files of a run's folder that this package writes while it runs. */
const RUN_FILES = {
  /** Settings, versions, git state, dataset hash: one JSON object. */
  record: "run.json",
  /** Steps and held-out evaluations, as the worker's events. */
  metrics: "metrics.jsonl",
  /** Completions with their rewards, as the worker's events. */
  samples: "samples.jsonl",
  /** The alarms that went off: name, step and message. */
  alarms: "alarms.jsonl",
} as const;

/** Where one of them is. */
export function runFile(run: string, name: keyof typeof RUN_FILES): string {
  return join(run, RUN_FILES[name]);
}

/** A log of a run: a JSONL file of records that belong to a step. */
export interface RunLog<T> {
  /** What is in it, in order. */
  records(): readonly T[];
  /** Adds a record, in the file before this returns. @throws DatasetError as in fileError. */
  append(record: T): void;
  close(): void;
}

/** How a log's records are read and written. */
interface RecordForm<T> {
  /** null for a line that is not a record. */
  parse(line: string): T | null;
  /** One line, without its end. */
  write(record: T): string;
}

/**
 * Opens a log to continue after a step. An incomplete line of a killed process, and the records of later steps, which
 * are trained again, are removed first, so that the log is complete and has each step once.
 *
 * @param lastStep the step of the checkpoint that training goes on from; 0 starts anew.
 * @throws TrainError "log-syntax", DatasetError as in fileError.
 */
export async function openRunLog<T extends { step: number }>(
  path: string,
  lastStep: number,
  form: RecordForm<T>,
): Promise<RunLog<T>> {
  const lines = lastStep === 0 ? [] : await readRunLog(path, form.parse);
  const kept = lines.filter(({ record }) => record.step <= lastStep);
  await writeFileAtomically(path, kept.map(({ text }: LogLine<T>) => `${text}\n`).join(""));
  const records = kept.map(({ record }) => record);
  const file = openSync(path, "a");
  return {
    records: () => records,
    append(record) {
      try {
        // One write at the end of the file: its content survives kill -9, and only the last line can be incomplete.
        writeSync(file, `${form.write(record)}\n`);
      } catch (error) {
        throw fileError(error, path, "a log to write");
      }
      records.push(record);
    },
    close: () => closeSync(file),
  };
}

/** One line of a run's log, read. */
interface LogLine<T> {
  /** As it stands in the file. */
  text: string;
  record: T;
}

/**
 * The records of a run's log.
 *
 * @param parse returns null, or throws, for a line that is no record.
 * @throws TrainError "log-syntax" with the line: a cut last line is left out, so any other was changed by someone.
 */
export async function readRunLog<T>(path: string, parse: (line: string) => T | null): Promise<LogLine<T>[]> {
  return (await readWholeLines(path)).map((text, index) => {
    const record = parseOrNull(parse, text);
    if (record !== null) return { text, record };
    throw new TrainError("log-syntax", {
      file: path,
      place: `line ${index + 1}`,
      got: JSON.stringify(text.slice(0, LONGEST_SHOWN_LINE)),
      expected: "a record that vsi-train wrote",
      advice: "Remove the line if the rest is fine, or start over with --overwrite.",
    });
  });
}

function parseOrNull<T>(parse: (line: string) => T | null, text: string): T | null {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

/** Enough of a broken line to recognise it. */
const LONGEST_SHOWN_LINE = 60;

/**
 * The complete lines of a log: a process killed while writing leaves an incomplete last line. None when there is no
 * file.
 *
 * @throws DatasetError as in fileError.
 */
async function readWholeLines(path: string): Promise<string[]> {
  const text = await readRegularFile(path, path, "a log to read").catch((error: DatasetError) => {
    if (error.code === "file-missing") return "";
    throw error;
  });
  return text.split("\n").slice(0, -1);
}

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
