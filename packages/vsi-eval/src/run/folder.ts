import { lstatSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type FolderLock, lockFolder, UsageError } from "@vsi/command";
import { clearOldLock } from "@vsi/command/internal";
import { fileError, makeFolder } from "@vsi/dataset/internal/node";
import { writeFileAtomically } from "@vsi/dataset/node";
import { type AnsweredQuestion, type KeptAnswers, noAnswers, readAnswers } from "./answers.ts";
import { checkSameSettings, RUN_SCHEMA, type RunSettings } from "./runSettings.ts";

/** Where version 0.1 kept its lock. */
const OLD_LOCK_FILE = "run.lock";

/**
 * Makes a run's folder and keeps other processes out of it: two runs would ask everything twice and write into each
 * other's files.
 *
 * @throws UsageError naming who is at work there, DatasetError as in fileError.
 */
export function lockRunFolder(out: string): FolderLock {
  try {
    makeFolder(out);
    clearOldLock(join(out, OLD_LOCK_FILE));
    return lockFolder(out, "vsi-eval run");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw fileError(error, out, "a folder to write to");
  }
}

/** The files of a run. */
interface RunFolder {
  /** Every question asked and what came of it, appended as they come. */
  answers: string;
  settings: string;
  /** The answers in the benchmark's order; there once every question was asked. */
  predictions: string;
}

/** The files' paths; nothing is touched. */
export function runFolder(out: string): RunFolder {
  return {
    answers: join(out, "answers.jsonl"),
    settings: join(out, "settings.json"),
    predictions: join(out, "predictions.jsonl"),
  };
}

/** What a run starts from. */
interface OpenedRun {
  /** The answers that a resumed run has already. */
  kept: KeptAnswers;
  settings: RunSettings;
}

/**
 * Prepares an existing folder (lockRunFolder creates it) and writes settings.json; other files in it are left alone.
 *
 * @param questions what will be asked: only answers to these very prompts are kept.
 * @throws UsageError when it holds a run and neither flag says what to do with it, when its settings differ, or when a
 * file of ours is somebody else's, a link or a folder; DatasetError when it can't be written.
 */
export async function openRunFolder(
  out: string,
  settings: RunSettings,
  { resume, overwrite }: { resume: boolean; overwrite: boolean },
  questions: readonly AnsweredQuestion[],
): Promise<OpenedRun> {
  const folder = runFolder(out);
  const names = await readdir(out).catch((error: unknown) => {
    throw fileError(error, out, "a folder to write to");
  });
  const ours = Object.values(folder).filter((path) => names.some((name) => join(out, name) === path));
  for (const path of ours) checkIsFile(out, path);
  if (ours.length === 0) return begin(out, settings);
  const before = await readSettings(folder.settings);
  if (before === null) {
    throw new UsageError(
      `--out ${out}: holds ${ours.join(", ")} but no settings.json from vsi-eval run. Choose another --out; nothing was touched.`,
    );
  }
  // settings.json alone: nothing was asked, as no server was there yet.
  if (!resume && ours.length === 1) return begin(out, settings);
  if (!resume && !overwrite) {
    throw new UsageError(`--out ${out}: holds a run. Add --resume to continue it, or --overwrite to start over.`);
  }
  if (overwrite) {
    // settings.json is replaced last: a process killed before that leaves a run, which --overwrite accepts.
    for (const path of [folder.predictions, folder.answers]) await rm(path, { force: true });
    return begin(out, settings);
  }
  checkSameSettings(before, settings, out);
  const kept = ours.includes(folder.answers) ? await readAnswers(folder.answers, questions) : noAnswers();
  const opened = { kept, settings: { ...settings, images: before.images } };
  await writeSettings(out, opened.settings);
  return opened;
}

async function begin(out: string, settings: RunSettings): Promise<OpenedRun> {
  await writeSettings(out, settings);
  return { kept: noAnswers(), settings: { ...settings } };
}

/** Files that are appended to or replaced must be in this folder: a link would lead to a file elsewhere. */
function checkIsFile(out: string, path: string): void {
  const entry = lstatSync(path);
  if (entry.isFile()) return;
  const what = entry.isSymbolicLink() ? "a link" : entry.isDirectory() ? "a folder" : "not a file";
  throw new UsageError(
    `--out ${out}: ${path} is ${what}, expected a file written by vsi-eval run. Move it away, or choose another --out; nothing was touched.`,
  );
}

/**
 * Replaces settings.json.
 *
 * @throws DatasetError as in fileError.
 */
export async function writeSettings(out: string, settings: RunSettings): Promise<void> {
  await writeFileAtomically(runFolder(out).settings, `${JSON.stringify(settings, null, 2)}\n`);
}

async function readSettings(path: string): Promise<RunSettings | null> {
  try {
    const settings = JSON.parse(await readFile(path, "utf8")) as RunSettings | null;
    return settings?.schema === RUN_SCHEMA ? settings : null;
  } catch {
    return null;
  }
}
