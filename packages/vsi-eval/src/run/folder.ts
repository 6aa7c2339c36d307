import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { holdLock, UsageError } from "@vsi/command";
import { fileError, writeFileAtomically } from "@vsi/dataset/node";
import { type AnswerRecord, readAnswers } from "./answers.ts";
import { checkSameSettings, RUN_SCHEMA, type RunSettings } from "./runSettings.ts";

/** The file in a run's folder that says who is at work there. */
const LOCK_FILE = "run.lock";

/**
 * Makes a run's folder and keeps other processes out of it: two runs would ask everything twice and write into each
 * other's files.
 *
 * @returns the unlocking.
 * @throws UsageError naming who is at work there, DatasetError as in fileError.
 */
export function lockRunFolder(out: string): () => void {
  const path = join(out, LOCK_FILE);
  return holdLock(path, {
    file: out,
    expected: "a folder to write to",
    refuse: (owner) =>
      new UsageError(
        `--out ${out}: ${owner} is at work in it, expected no other vsi-eval run there. Wait until it is done, or choose another --out. Should it be dead, remove ${path}.`,
      ),
  });
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
  /** The answers that a resumed run has already, by question id. */
  answers: Map<string, AnswerRecord>;
  settings: RunSettings;
}

/**
 * Makes a folder that is there (lockRunFolder makes it) ready and writes settings.json; other files in it are left
 * alone.
 *
 * @throws UsageError when it holds a run and neither flag says what to do with it, when its settings differ, or when a
 * file of ours is somebody else's; DatasetError when it can't be written.
 */
export async function openRunFolder(
  out: string,
  settings: RunSettings,
  { resume, overwrite }: { resume: boolean; overwrite: boolean },
): Promise<OpenedRun> {
  const folder = runFolder(out);
  const names = await readdir(out).catch((error: unknown) => {
    throw fileError(error, out, "a folder to write to");
  });
  const ours = Object.values(folder).filter((path) => names.some((name) => join(out, name) === path));
  let { images } = settings;
  if (ours.length > 0) {
    const kept = await readSettings(folder.settings);
    if (kept === null) {
      throw new UsageError(
        `--out ${out}: holds ${ours.join(", ")} but no settings.json of vsi-eval run. Choose another --out; nothing was touched.`,
      );
    }
    if (!resume && !overwrite) {
      throw new UsageError(`--out ${out}: holds a run. Add --resume to go on with it, or --overwrite to start again.`);
    }
    if (resume) {
      checkSameSettings(kept, settings, out);
      images = kept.images;
    } else {
      for (const path of ours) await rm(path);
    }
  }
  const answers =
    resume && ours.includes(folder.answers) ? await readAnswers(folder.answers) : new Map<string, AnswerRecord>();
  const opened = { answers, settings: { ...settings, images } };
  await writeSettings(out, opened.settings);
  return opened;
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
    const settings = JSON.parse(await readFile(path, "utf8")) as RunSettings;
    return settings.schema === RUN_SCHEMA ? settings : null;
  } catch {
    return null;
  }
}
