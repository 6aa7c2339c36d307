import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { SIGNAL_EXIT_CODES, UsageError } from "@vsi/command";
import type { RawValue } from "@vsi/command/internal/documents";
import { isRecord } from "@vsi/dataset/internal";
import { writeFileAtomically } from "@vsi/dataset/node";
import { TrainError } from "../errors.ts";
import { captureOutput, findProgram, lastWords } from "../process/programOutput.ts";
import { runLeashed, waitUntilFree } from "./children.ts";
import { flagWords } from "./plan.ts";

/** Names another vsi-eval than the one that is installed beside vsi-train. */
const EVAL_VARIABLE = "VSI_EVAL";

/**
 * The command `vsi-eval`, which is a program of its own: what VSI_EVAL names, else the package beside this one, else
 * the one on the PATH.
 *
 * @throws UsageError when there is none, with what to type.
 */
export function findVsiEval(env: NodeJS.ProcessEnv = process.env): string[] {
  const asked = env[EVAL_VARIABLE];
  if (asked !== undefined && asked !== "") {
    if (existsSync(asked)) return asked.endsWith(".js") ? [process.execPath, asked] : [asked];
    throw new UsageError(`${EVAL_VARIABLE} names ${asked}, which does not exist. Correct it, or unset it.`);
  }
  const beside = packageBin("vsi-eval");
  if (beside !== null) return [process.execPath, beside];
  const found = findProgram("vsi-eval", env);
  if (found !== null) return [found];
  throw new UsageError(
    `Evaluating needs vsi-eval, which is not installed: npm install vsi-eval, or name its program by ${EVAL_VARIABLE}.`,
  );
}

function packageBin(name: string): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const bin = join(dirname(entry), "..", "bin", `${name}.js`);
    return existsSync(bin) ? bin : null;
  } catch {
    return null;
  }
}

/** What a model is asked, and how. */
export interface Evaluation {
  /** The benchmark: a file or a dataset folder. */
  benchmark: string;
  /** Its frames; null for a dataset folder's own. */
  framesDir: string | null;
  mode: string;
  /** Flags of vsi-eval run, by their long name. */
  flags: Readonly<Record<string, RawValue>>;
}

/** The files of an evaluation. */
export function evaluationFiles(folder: string): {
  answers: string;
  settings: string;
  predictions: string;
  score: string;
} {
  const answers = join(folder, "answers");
  return {
    answers,
    settings: join(answers, "settings.json"),
    predictions: join(answers, "predictions.jsonl"),
    score: join(folder, "score.json"),
  };
}

/** Of `vsi-eval run`, those that `vsi-eval score` has to be told too. */
const SCORED_TOO = ["split", "subset"];

/** A score takes seconds; resamples of thousands of questions on a busy machine, minutes. */
const LONGEST_SCORE_SECONDS = 3600;

/** What an evaluation would ask. */
export interface AskedQuestions {
  questions: number;
  scenes: number;
  /** Of the question with the most. */
  frames: number;
  /** Of the questions' file. */
  sha256: string;
}

/** Where an evaluation's settings come from, for errors. */
export interface EvaluationSource {
  /** The flags that gave the benchmark and its frames. */
  benchmark: string;
  framesDir: string;
  /** What gave the flags of vsi-eval. */
  flags: string;
}

/**
 * What `vsi-eval run` says of an evaluation before anything is trained or asked.
 *
 * @throws UsageError with its words (an unknown flag, a missing frame), behind the name of what gave the value: the
 * benchmark's flag where vsi-eval says the same without all others.
 */
export async function checkEvaluation(evaluation: Evaluation, source: EvaluationSource): Promise<AskedQuestions> {
  const output = await dryRun(evaluation);
  if (output.exitCode !== 0) {
    const alone = await dryRun({ ...evaluation, mode: "vanilla", flags: {} });
    const isBenchmark = wordsOf(alone) === wordsOf(output);
    // Its own --data and --frames-dir were typed here under other names.
    const said = wordsOf(output)
      .replace(isBenchmark ? /^vsi-eval: / : "", "")
      .replaceAll(/--data(?![\w-])/g, source.benchmark)
      .replaceAll(/--frames-dir(?![\w-])/g, source.framesDir);
    if (isBenchmark && said.startsWith("--")) throw new UsageError(said);
    throw new UsageError(`${isBenchmark ? source.benchmark : source.flags}: ${said}`);
  }
  const { questions, scenes, most_frames, settings } = JSON.parse(output.stdout) as {
    questions: number;
    scenes: number;
    most_frames: number;
    settings: { data_sha256: string };
  };
  return { questions, scenes, frames: most_frames, sha256: settings.data_sha256 };
}

type Output = Awaited<ReturnType<typeof captureOutput>>;

function dryRun(evaluation: Evaluation): Promise<Output> {
  const words = [...runWords(evaluation, "any", "http://127.0.0.1:1/v1"), "--dry-run", "--json"];
  return captureOutput([...findVsiEval(), ...words], {}, LONGEST_SCORE_SECONDS);
}

function wordsOf({ failure, stderr }: Output): string {
  return (failure ?? stderr.trim()) || "vsi-eval run --dry-run failed";
}

function runWords({ benchmark, framesDir, mode, flags }: Evaluation, model: string, baseUrl: string): string[] {
  const frames = framesDir === null ? [] : ["--frames-dir", framesDir];
  const asked = ["--model", model, "--base-url", baseUrl, "--data", benchmark, ...frames];
  return ["run", ...asked, "--mode", mode, ...flagWords(flags)];
}

/** How an evaluation is run. */
interface EvaluateOptions {
  /** What it goes below: answers/ and score.json. */
  folder: string;
  /** By what name the server has the model. */
  model: string;
  baseUrl: string;
  /** Whether progress is shown. */
  quiet: boolean;
  signal: AbortSignal;
  /** Told what is typed. */
  onCommand: (words: readonly string[]) => void;
}

/**
 * Asks a served model every question that has no answer yet, and scores the answers.
 *
 * @throws TrainError "evaluation-failed" when a question got no answer or vsi-eval ended otherwise; the signal's reason.
 */
export async function evaluateModel(evaluation: Evaluation, options: EvaluateOptions): Promise<void> {
  const { folder, model, baseUrl, signal, onCommand, quiet } = options;
  const files = evaluationFiles(folder);
  const vsiEval = findVsiEval();
  const resumed = existsSync(files.settings) ? ["--resume"] : [];
  const run = [
    ...runWords(evaluation, model, baseUrl),
    "--out",
    files.answers,
    ...resumed,
    ...(quiet ? ["--quiet"] : []),
  ];
  await waitUntilFree(files.answers);
  onCommand(["vsi-eval", ...run]);
  const exitCode = await runLeashed([...vsiEval, ...run], signal);
  signal.throwIfAborted();
  if (exitCode !== 0) throw evaluationError(folder, "vsi-eval run", exitCode, "its words stand above");
  await scoreAnswers(evaluation, folder, onCommand);
}

/** Scores answers that are all there. @throws TrainError "evaluation-failed". */
export async function scoreAnswers(
  { benchmark, flags }: Evaluation,
  folder: string,
  onCommand: EvaluateOptions["onCommand"],
): Promise<void> {
  const { answers, score } = evaluationFiles(folder);
  const shared = Object.fromEntries(Object.entries(flags).filter(([name]) => SCORED_TOO.includes(name)));
  const words = ["score", answers, "--data", benchmark, ...flagWords(shared), "--json"];
  onCommand(["vsi-eval", ...words]);
  await writeScore(score, words);
}

/**
 * The mean of several seeds' scores, with the interval of the mean. @param scores their score.json. @throws TrainError
 * "evaluation-failed".
 */
export async function meanOfScores(scores: readonly string[], file: string): Promise<void> {
  await writeScore(file, ["mean", ...scores, "--json"]);
}

async function writeScore(file: string, words: readonly string[]): Promise<void> {
  const output = await captureOutput([...findVsiEval(), ...words], {}, LONGEST_SCORE_SECONDS);
  if (output.exitCode !== 0) {
    throw evaluationError(dirname(file), `vsi-eval ${words[0]}`, output.exitCode, lastWords(output));
  }
  await writeFileAtomically(file, output.stdout);
}

/** How `vsi-eval` says that a signal ended it. */
const INTERRUPTED: ReadonlySet<number> = new Set(Object.values(SIGNAL_EXIT_CODES));

function evaluationError(folder: string, command: string, exitCode: number | null, said: string): TrainError {
  const isKilled = exitCode === null || INTERRUPTED.has(exitCode) || exitCode === 137;
  return new TrainError("evaluation-failed", {
    file: folder,
    place: command,
    got: `exit code ${exitCode ?? "none"}: ${said}`,
    expected: "an answer to every question, and their score",
    advice: isKilled
      ? "It was killed. Run the same command again."
      : "Run the same command again: what is answered is not asked again.",
  });
}

/** One row of a score, in 0 to 1. */
export interface ScoreRow {
  row: string;
  questions: number;
  official: number | null;
  official_interval: readonly [number, number] | null;
}

/** What a study reads of what `vsi-eval score --json` printed. */
export interface Score {
  rows: ScoreRow[];
  questions_total: number;
  scans_total: number;
  data: { file: string; sha256: string };
  predictions: { file: string };
  bootstrap: { resamples: number; seed: number; level: number };
  /** Of vsi-eval mean: the predictions' files. */
  mean_of?: string[];
}

/** A score that is whole, of this benchmark; null for anything else. */
export async function readScore(file: string): Promise<Score | null> {
  const text = await readFile(file, "utf8").catch(() => "");
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && value.schema === "vsi-score/1" && Array.isArray(value.rows)
      ? (value as unknown as Score)
      : null;
  } catch {
    return null;
  }
}
