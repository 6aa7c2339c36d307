import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetError } from "@vsi/dataset";
import { describeValue, isRecord, MOST_LEVELS, nestsDeeper } from "@vsi/dataset/internal";
import { fileError, readRegularFile } from "@vsi/dataset/internal/node";
import { CHECKSUMS_FILE, hashFile, writeFileAtomically } from "@vsi/dataset/node";
import { TrainError } from "../errors.ts";
import { captureOutput } from "../process/programOutput.ts";
import { METHODS, type RunSettings } from "../settings/runSettings.ts";
import type { ReadyEvent } from "./events.ts";
import { runFile } from "./runFiles.ts";

/** The record's format and major version. */
export const RUN_SCHEMA = "vsi-train-run/1";

/** 0.1's name for the same format; vsi-eval's settings.json has that name too. */
const FORMER_SCHEMA = "vsi-run/1";

/** From one start of the trainer to its end. */
export interface RunSession {
  /** ISO 8601, UTC. */
  started: string;
  /** null while it runs, and for good when it was killed with the command. */
  ended: string | null;
  exit_code: number | null;
  resumed_from_step: number | null;
}

/** A dataset folder's content as one hash. */
interface DatasetHash {
  /** 64 hex digits. */
  sha256: string;
  /**
   * What it is of: the folder's SHA256SUMS, which names every file's, or without one the files of data/ by name and
   * sha256 (frames are then not covered); or of the one file that was trained on.
   */
  of: "SHA256SUMS" | "data" | "file";
}

/** The state of the repository that a run was started in. */
interface GitState {
  /** 40 hex digits. */
  commit: string;
  /** Whether files differ from it; untracked ones count. */
  changed: boolean;
}

/** run.json: what was trained, with what, on what. */
export interface RunRecord {
  schema: typeof RUN_SCHEMA;
  settings: RunSettings;
  /** Version of vsi-train, node, python and its packages. */
  versions: Record<string, string | null>;
  git: GitState | null;
  dataset: DatasetHash;
  /** What the trainer reported when it was ready; null before that, when nothing is written yet. */
  trainer: Omit<ReadyEvent, "event" | "versions" | "resumed_from_step"> | null;
  sessions: RunSession[];
}

/** @throws DatasetError as in fileError. */
export async function writeRunRecord(run: string, record: RunRecord): Promise<void> {
  await writeFileAtomically(runFile(run, "record"), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * Reads run.json, also as 0.1 wrote it.
 *
 * @throws TrainError "run-unreadable", naming the field, when the folder is not a run, DatasetError as in fileError.
 */
export async function readRunRecord(run: string): Promise<RunRecord> {
  const path = runFile(run, "record");
  const unreadable = (place: string, got: string, expected: string): TrainError =>
    new TrainError("run-unreadable", {
      file: path,
      place,
      got,
      expected,
      advice: "Give the folder of a run: the --out of vsi-train grpo, sft or dpo.",
    });
  const text = await readRegularFile(path, path, "the record of a run").catch((error: DatasetError) => {
    if (error.code === "file-missing" || error.code === "file-not-a-folder") {
      throw unreadable("file", "nothing", "the record of a run");
    }
    throw error;
  });
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch (error) {
    throw unreadable("text", (error as Error).message, `a record of the form ${RUN_SCHEMA}`);
  }
  if (!isRecord(record)) throw unreadable("text", describeValue(record), `a record of the form ${RUN_SCHEMA}`);
  if (record.schema !== RUN_SCHEMA && record.schema !== FORMER_SCHEMA) {
    throw unreadable("schema", describeValue(record.schema), RUN_SCHEMA);
  }
  if (nestsDeeper(record, MOST_LEVELS)) {
    throw unreadable("text", `more than ${MOST_LEVELS} levels`, `a record of the form ${RUN_SCHEMA}`);
  }
  for (const [field, { isFit, expected }] of Object.entries(RECORD_FIELDS)) {
    const value = valueAt(record, field);
    if (!isFit(value)) throw unreadable(field, describeValue(value), expected);
  }
  return { ...(record as unknown as RunRecord), schema: RUN_SCHEMA };
}

const isText = (value: unknown): boolean => typeof value === "string";
const isNumberOrNull = (value: unknown): boolean => value === null || typeof value === "number";

/** The fields that a report or a resumed run needs, and their checks. */
const RECORD_FIELDS: Readonly<Record<string, { isFit: (value: unknown) => boolean; expected: string }>> = {
  settings: { isFit: isRecord, expected: "the run's settings" },
  "settings.method": {
    isFit: (value) => (METHODS as readonly unknown[]).includes(value),
    expected: `one of ${METHODS.join(", ")}`,
  },
  "settings.model": { isFit: isText, expected: "a model's name or folder" },
  versions: { isFit: isRecord, expected: "versions by name" },
  git: { isFit: (value) => value === null || isRecord(value), expected: "a commit, or null" },
  dataset: { isFit: isRecord, expected: "a sha256 and what it is of" },
  trainer: { isFit: (value) => value === null || isRecord(value), expected: "the trainer's own settings, or null" },
  sessions: { isFit: isSessions, expected: "a list of sessions with started, ended, exit_code and resumed_from_step" },
};

function isSessions(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((session) => {
      if (!isRecord(session)) return false;
      const { started, ended, exit_code, resumed_from_step } = session;
      return (
        isText(started) && (ended === null || isText(ended)) && [exit_code, resumed_from_step].every(isNumberOrNull)
      );
    })
  );
}

function valueAt(record: Record<string, unknown>, field: string): unknown {
  return field.split(".").reduce<unknown>((value, name) => {
    return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }, record);
}

/** The same content has the same hash wherever the folder is. @throws DatasetError as in fileError. */
export async function datasetHash(folder: string): Promise<DatasetHash> {
  if (statSync(folder, { throwIfNoEntry: false })?.isFile() === true)
    return { sha256: await hashFile(folder), of: "file" };
  const checksums = join(folder, CHECKSUMS_FILE);
  if (existsSync(checksums)) return { sha256: await hashFile(checksums), of: "SHA256SUMS" };
  const data = join(folder, "data");
  const names = await readdir(data).catch((error: unknown) => {
    throw fileError(error, data, "a dataset's questions");
  });
  const hash = createHash("sha256");
  for (const name of names.sort()) hash.update(`${await hashFile(join(data, name))}  ${name}\n`);
  return { sha256: hash.digest("hex"), of: "data" };
}

/** Asks git about a folder; null outside of a repository, before its first commit, or without git. */
export async function gitState(folder: string): Promise<GitState | null> {
  const commit = await captureOutput(["git", "rev-parse", "HEAD"], { cwd: folder });
  if (commit.exitCode !== 0) return null;
  const status = await captureOutput(["git", "status", "--porcelain"], { cwd: folder });
  return { commit: commit.stdout.trim(), changed: status.stdout !== "" };
}
