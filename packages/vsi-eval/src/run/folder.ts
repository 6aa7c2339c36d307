import { appendFileSync, closeSync, mkdirSync, openSync, truncateSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Lock, packageVersion, takeLock, UsageError } from "@vsi/command";
import type { QuestionType } from "@vsi/dataset";
import { fileError, hashFile, JsonlWriter, writeFileAtomically } from "@vsi/dataset/node";
import templates from "@vsi/question-templates/package.json" with { type: "json" };
import type { EvalQuestion } from "../benchmark.ts";
import { readRecords } from "../predictions.ts";
import type { RunOptions } from "./runOptions.ts";
import type { ChatAnswer } from "./server.ts";

/** The file in a run's folder that says who is at work there. */
const LOCK_FILE = "run.lock";

/**
 * Makes a run's folder and keeps other processes out of it: two runs would ask everything twice and write into each other's files.
 *
 * @returns the unlocking.
 * @throws UsageError naming who is at work there, DatasetError as in fileError.
 */
export function lockRunFolder(out: string): () => void {
  const path = join(out, LOCK_FILE);
  const { unlock, owner } = makeAndLock(out, path);
  if (unlock !== undefined) return unlock;
  throw new UsageError(
    `--out ${out}: ${owner} is at work in it, expected no other vsi-eval run there. Wait until it is done, or choose another --out. Should it be dead, remove ${path}.`,
  );
}

function makeAndLock(out: string, path: string): Lock {
  try {
    mkdirSync(out, { recursive: true });
    return takeLock(path);
  } catch (error) {
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
  /** The answers that a resumed run has already, by question id. */
  answers: Map<string, AnswerRecord>;
  settings: RunSettings;
}

/**
 * Makes a folder that is there (lockRunFolder makes it) ready and writes settings.json; other files in it are left alone.
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

/** Replaces settings.json. @throws DatasetError as in fileError. */
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

/** One line of answers.jsonl: a question as it was asked, and what came of it. */
export interface AnswerRecord {
  id: string;
  question_type: QuestionType;
  /** The text sent after the frames. */
  prompt: string;
  /** The frames sent, by name, in their order. */
  frames: string[];
  /** The model's whole text; null when there is none. */
  prediction: string | null;
  /** As in ChatAnswer. */
  finish_reason: ChatAnswer["finish_reason"];
  /** As in ChatAnswer. */
  usage: ChatAnswer["usage"];
  /** From the first attempt to the answer, waits included. */
  seconds: number;
  attempts: number;
  /** Why there is no answer; null when there is one. */
  error: string | null;
}

/** Appends to answers.jsonl. */
interface AnswersFile {
  /**
   * One line, handed to the system before this returns: what was appended outlives a kill.
   * @throws DatasetError as in fileError ("write-no-space" for a full disk).
   */
  append(record: AnswerRecord): void;
  close(): void;
}

/** Opens the file at its end; makes it when there is none. @throws DatasetError as in fileError. */
export function openAnswers(path: string): AnswersFile {
  const explained = <Result>(action: () => Result): Result => {
    try {
      return action();
    } catch (error) {
      throw fileError(error, path, "a file to write");
    }
  };
  const file = explained(() => openSync(path, "a"));
  return {
    append: (record) => explained(() => appendFileSync(file, `${JSON.stringify(record)}\n`)),
    close: () => closeSync(file),
  };
}

/**
 * The answers of a run that was begun, by question id; questions that failed are not among them. A last line without
 * its end, as a killed process leaves it, is cut off the file.
 *
 * @throws EvaluationError as in readRecords for a file that is broken elsewhere.
 */
export async function readAnswers(path: string): Promise<Map<string, AnswerRecord>> {
  await cutUnfinishedLine(path);
  const answers = new Map<string, AnswerRecord>();
  for await (const { record } of readRecords(path, "answers")) {
    const answer = record as unknown as AnswerRecord;
    if (typeof answer.id === "string" && typeof answer.prediction === "string") answers.set(answer.id, answer);
  }
  return answers;
}

async function cutUnfinishedLine(path: string): Promise<void> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileError(error, path, "the answers of a run");
  });
  const whole = bytes.lastIndexOf("\n") + 1;
  if (whole < bytes.length) truncateSync(path, whole);
}

/** Says what a settings.json is; a new field is a minor version. */
export const RUN_SCHEMA = "vsi-run/1";

/** Whether the model was shown the frames, as far as prompt_tokens tell; "unknown" before the first answer, or without usage. */
export type ImagesSeen = "shown" | "dropped" | "unknown";

/** The content of settings.json: what a run asked and how, enough to tell whether two runs can be compared. No key is in it. */
export interface RunSettings {
  schema: typeof RUN_SCHEMA;
  model: string;
  base_url: string;
  mode: string;
  prompts: string;
  /** At most so many of a scene's; null where every question lists its own. */
  frames: number | null;
  max_pixels: number;
  max_tokens: number;
  temperature: number;
  seed: number | null;
  /** The questions' file as it was given, and its content's sha256. */
  data: string;
  data_sha256: string;
  limit: number | null;
  images: ImagesSeen;
  /** What else decides the prompts and the pictures. */
  versions: Record<string, string>;
}

/** May differ on --resume: the same model at another address, a file that was moved, more questions; and what is found out on the way. */
const MAY_DIFFER: ReadonlySet<string> = new Set(["base_url", "data", "limit", "images"]);

/**
 * @param file the questions' JSONL file.
 * @param listsFrames whether every question lists its own frames.
 */
export async function runSettings(options: RunOptions, file: string, listsFrames: boolean): Promise<RunSettings> {
  // Loaded only when there are frames to show: it takes a tenth of a second.
  const { default: sharp } = await import("sharp");
  return {
    schema: RUN_SCHEMA,
    model: options.model,
    base_url: options.baseUrl,
    mode: options.mode,
    prompts: options.prompts,
    frames: listsFrames ? null : options.frames,
    max_pixels: options.maxPixels,
    max_tokens: options.maxTokens,
    temperature: options.temperature,
    seed: options.seed,
    data: file.replaceAll("\\", "/"),
    data_sha256: await hashFile(file),
    limit: options.limit,
    images: "unknown",
    versions: {
      "vsi-eval": await packageVersion(new URL("../../package.json", import.meta.url)),
      "@vsi/question-templates": templates.version,
      sharp: sharp.versions.sharp,
    },
  };
}

/**
 * @param kept what settings.json of the run to go on with holds.
 * @throws UsageError naming every setting that differs, then and now.
 */
function checkSameSettings(kept: RunSettings, now: RunSettings, out: string): void {
  const differences = Object.keys(now)
    .filter((name) => !MAY_DIFFER.has(name))
    .map((name) => ({ name, before: text(kept, name), after: text(now, name) }))
    .filter(({ before, after }) => before !== after);
  if (differences.length === 0) return;
  const named = differences.map(({ name, before, after }) => `  ${name}: then ${before}, now ${after}`);
  throw new UsageError(
    `--resume: ${out} was begun with other settings.\n${named.join("\n")}\nGive the same flags, choose another --out, or start again with --overwrite.`,
  );
}

function text(settings: RunSettings, name: string): string {
  return JSON.stringify((settings as unknown as Record<string, unknown>)[name]) ?? "nothing";
}

/**
 * Writes predictions.jsonl, which `vsi-eval score` reads: id, question_type and prediction of every answered question, in
 * the benchmark's order whatever order the answers came in.
 *
 * @throws DatasetError as in fileError.
 */
export async function writePredictions(
  path: string,
  questions: readonly EvalQuestion[],
  answers: ReadonlyMap<string, AnswerRecord>,
): Promise<void> {
  const writer = await JsonlWriter.open<Pick<AnswerRecord, "id" | "question_type" | "prediction">>(path);
  for (const { id, question_type } of questions) {
    const prediction = answers.get(id)?.prediction ?? null;
    if (prediction !== null) await writer.write({ id, question_type, prediction });
  }
  await writer.close();
}
