import { checkArguments, checkOptions, FUNCTION, type OptionKinds, orNull, SIGNAL, TEXT } from "@vsi/dataset/internal";
import { VideoError } from "@vsi/dataset/internal/node";
import { EvaluationError, RunStoppedError } from "../errors.ts";
import { scanOf } from "../evalQuestion.ts";
import { type AnswerRecord, openAnswers, writePredictions } from "./answers.ts";
import { askAll } from "./askAll.ts";
import { lockRunFolder, openRunFolder, runFolder, writeSettings } from "./folder.ts";
import { type PlannedQuestion, planRun, type RunPlan } from "./planRun.ts";
import { completeRunOptions, type RunOptions } from "./runOptions.ts";
import type { ImagesSeen } from "./runSettings.ts";
import { findNoServer } from "./server.ts";

/** What a run came to; `--json` prints it. */
export interface RunReport {
  /** Questions that were to be answered. */
  questions: number;
  /** Of those, how many have an answer now, and how many of these came from an earlier start of the run. */
  answered: number;
  kept: number;
  /** Questions without an answer, and why. */
  failed: { id: string; error: string }[];
  /** Answers that max_tokens cut off. */
  cut: number;
  images: ImagesSeen;
  seconds: number;
  out: string;
  /** The questions' file, for `vsi-eval score --data`. */
  data: string;
}

/** What a caller is told while a run goes on. */
export interface RunHooks {
  /** Stops the run at once: nothing in flight is waited for. */
  signal: AbortSignal;
  /**
   * Before the first question is asked.
   *
   * @param pending questions to ask, without those that a resumed run has answered.
   */
  onStart: (pending: number) => void;
  /** A question was answered or has failed for good. */
  onQuestion: (id: string) => void;
  /** Something that the user should know; the run goes on. */
  onProblem: (level: "info" | "warn", line: string) => void;
}

const DROPPED =
  'images-dropped: the server counts as many prompt tokens with images as without, so the model does not see them. Is it a vision model, served with its image processor? (transformers serve: the folder\'s processor_config.json needs an "auto_map" to it.)';
const UNKNOWN =
  "images-unknown: the server does not report usage.prompt_tokens, so there is no way to check that the model sees the images.";

/**
 * Asks a server every question of a benchmark, with its frames, and writes answers.jsonl, settings.json and
 * predictions.jsonl into the run's folder, which is locked meanwhile. Every answer is on disk before the next question
 * takes its place.
 *
 * @param given what is left out is as the command has it; model, baseUrl, data and out must be there.
 * @param key sent to the server as a bearer token and never written anywhere; null for none.
 * @throws OptionsError, UsageError and EvaluationError before anything is asked; RunStoppedError when the server or a frame stops it;
 * DatasetError when the folder can't be written; the signal's reason.
 *
 * @example
 * ```js
 * import { writeFile } from "node:fs/promises";
 * import { createServer } from "node:http";
 * import { runModel } from "vsi-eval";
 *
 * const answer = JSON.stringify({ choices: [{ message: { content: "4" }, finish_reason: "stop" }] });
 * const server = createServer((request, response) => request.resume().on("end", () => response.end(answer)));
 * await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
 * const asked = { question: "How many chair(s) are in this room?", ground_truth: "4" };
 * const room = { dataset: "scannet", scene_name: "scene0000_00", question_type: "object_counting" };
 * await writeFile("asked.jsonl", JSON.stringify({ id: 1, ...room, ...asked }));
 * const { answered } = await runModel({
 *   model: "always-four",
 *   baseUrl: `http://127.0.0.1:${server.address().port}/v1`,
 *   data: "asked.jsonl",
 *   withoutFrames: true,
 *   out: "runs/always-four",
 * });
 * server.close();
 * console.log(answered); // 1
 * ```
 */
export async function runModel(
  given: Partial<RunOptions>,
  key: string | null = null,
  hooks: Partial<RunHooks> = {},
): Promise<RunReport> {
  const options = completeRunOptions(given);
  checkArguments("runModel", { key: [key, orNull(TEXT)] });
  checkOptions(hooks, HOOKS, "runModel");
  const start = performance.now();
  return runPlan(await planRun(options), options, key, { ...silentHooks(), ...hooks }, start);
}

const HOOKS: OptionKinds<RunHooks> = { signal: SIGNAL, onStart: FUNCTION, onQuestion: FUNCTION, onProblem: FUNCTION };

function silentHooks(): RunHooks {
  const nothing = (): void => undefined;
  return { signal: new AbortController().signal, onStart: nothing, onQuestion: nothing, onProblem: nothing };
}

/**
 * runModel behind its planning. The command plans by itself, before it listens for signals: until the folder is locked
 * there is nothing to keep, and a signal ends the process at once.
 *
 * @param start when the run began, by performance.now().
 */
export async function runPlan(
  plan: RunPlan,
  options: RunOptions,
  key: string | null,
  hooks: RunHooks,
  start: number,
): Promise<RunReport> {
  hooks.signal.throwIfAborted();
  const lock = lockRunFolder(options.out);
  try {
    const report = await askPlan(plan, options, key, hooks, lock.lost);
    return { ...report, seconds: (performance.now() - start) / 1000 };
  } finally {
    lock.release();
  }
}

async function askPlan(
  plan: RunPlan,
  options: RunOptions,
  key: string | null,
  hooks: RunHooks,
  lost: AbortSignal,
): Promise<Omit<RunReport, "seconds">> {
  const asked = plan.questions.map(({ question: { id, question_type }, prompt }) => ({ id, question_type, prompt }));
  const opened = await openRunFolder(options.out, plan.settings, options, asked);
  const { settings } = opened;
  const { answers, damaged } = opened.kept;
  if (damaged.length > 0) hooks.onProblem("warn", describeDamage(runFolder(options.out).answers, damaged));
  const pending = plan.questions.filter(({ question }) => !answers.has(question.id));
  const kept = plan.questions.length - pending.length;
  const failed: RunReport["failed"] = [];
  const signal = AbortSignal.any([hooks.signal, lost]);
  const onRecord = (record: AnswerRecord): void => {
    // An answer that arrives with a signal is kept; nothing more is written to a folder that another host took over.
    lost.throwIfAborted();
    file.append(record);
    if (record.error === null) answers.set(record.id, record);
    else failed.push({ id: record.id, error: record.error });
    hooks.onQuestion(record.id);
  };
  const onImages = async (images: ImagesSeen): Promise<void> => {
    lost.throwIfAborted();
    settings.images = images;
    await writeSettings(options.out, settings);
    if (images === "shown" || images === "none") return;
    if (images === "unknown") hooks.onProblem("warn", UNKNOWN);
    else if (options.allowDroppedImages) hooks.onProblem("warn", DROPPED);
    else throw new RunStoppedError(`${DROPPED} --allow-dropped-images continues anyway.`);
  };
  if (pending.length > 0) {
    const address = { baseUrl: options.baseUrl, key, timeout: options.timeout };
    const nobody = await findNoServer(address, signal);
    if (nobody !== null) throw new RunStoppedError(`${nobody} Nothing was asked.`, { hasAnswers: answers.size > 0 });
  }
  hooks.onStart(pending.length);
  const file = openAnswers(runFolder(options.out).answers);
  try {
    await askAll(sceneAfterScene(pending), options, key, { signal, onRecord, onImages, onProblem: hooks.onProblem });
  } catch (error) {
    const isOfFrames = error instanceof EvaluationError || error instanceof VideoError;
    const reason = error instanceof RunStoppedError ? error.reason : isOfFrames ? error.message : null;
    throw reason === null ? error : new RunStoppedError(reason, { hasAnswers: answers.size > 0, cause: error });
  } finally {
    file.close();
  }
  signal.throwIfAborted();
  const questions = plan.questions.map(({ question }) => question);
  await writePredictions(runFolder(options.out).predictions, questions, answers);
  const answered = questions.flatMap(({ id }) => answers.get(id) ?? []);
  return {
    questions: questions.length,
    answered: answered.length,
    kept,
    failed,
    cut: answered.filter((answer) => answer.finish_reason === "length").length,
    images: settings.images,
    out: options.out,
    data: settings.data,
  };
}

/** Enough line numbers to look at the damage. */
const NAMED_LINES = 5;

function describeDamage(file: string, lines: readonly number[]): string {
  const named = `${lines.slice(0, NAMED_LINES).join(", ")}${lines.length > NAMED_LINES ? ", ..." : ""}`;
  return `${file}: removed damaged lines (line ${named}); their questions are asked again.`;
}

/** A scene's questions one after the other, so that its frames are encoded once. */
function sceneAfterScene(questions: readonly PlannedQuestion[]): PlannedQuestion[] {
  const scenes = new Map<string, PlannedQuestion[]>();
  for (const planned of questions) {
    const scene = scanOf(planned.question);
    scenes.set(scene, [...(scenes.get(scene) ?? []), planned]);
  }
  return [...scenes.values()].flat();
}
