import { closeSync, openSync, writeSync } from "node:fs";
import { fileError, writeFileAtomically } from "@vsi/dataset/node";
import { type LogLine, readRunLog } from "./readRunLog.ts";

/** A log of a run: a JSONL file of records that belong to a step. */
export interface RunLog<T> {
  /** What is in it, in order. */
  records(): readonly T[];
  /** Adds a record, in the file before this returns. @throws DatasetError as in fileError. */
  append(record: T): void;
  close(): void;
}

/** How a log's records are read and written. */
export interface RecordForm<T> {
  /** null for a line that is no record. */
  parse(line: string): T | null;
  /** One line, without its end. */
  write(record: T): string;
}

/**
 * Opens a log to go on behind a step. A part of a line that a killed process left, and the records of later steps, which
 * are trained again, are taken out first: so the log is whole and has each step once.
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
        // One write at the file's end: what is in the file survives kill -9, and only a last line can be cut.
        writeSync(file, `${form.write(record)}\n`);
      } catch (error) {
        throw fileError(error, path, "a log to write");
      }
      records.push(record);
    },
    close: () => closeSync(file),
  };
}
