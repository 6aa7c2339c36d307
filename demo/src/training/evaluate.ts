import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PRESETS } from "vsi-train";
import { runCommand } from "../commands.ts";

/** How much larger a score is in one evaluation than in another, 0 to 1, with its 95 % interval. */
export interface Difference {
  value: number;
  interval: readonly [low: number, high: number];
}

/** By which reader an answer is scored: the benchmark's own, or ours. */
type Metric = "official" | "robust";

/** What the demos read in the JSON of `vsi-eval compare`. */
type Comparison = { rows: ({ row: string } & Record<Metric, { difference: number; interval: [number, number] }>)[] };

/**
 * Compares two evaluations by `vsi-eval compare`: a paired bootstrap grouped by room.
 *
 * @param reports two files of `vsi-eval score --json` or `vsi-eval mean --json`.
 * @param output file for its JSON.
 */
export async function difference(
  reports: readonly [before: string, after: string],
  metric: Metric,
  output: string,
  signal: AbortSignal,
): Promise<Difference> {
  await runCommand("vsi-eval", ["compare", ...reports, "--json"], { signal, output });
  const { rows } = await readJson<Comparison>(output);
  const counting = rows.find(({ row }) => row === "object_counting");
  if (counting === undefined) throw new Error(`${output} holds no comparison of object_counting.`);
  return { value: counting[metric].difference, interval: counting[metric].interval };
}

/** The files of one evaluation that later commands read. */
export const SCORE_FILES = {
  /** What `vsi-eval score --json` printed. */
  score: "score.json",
  /** The same, each question right or wrong. */
  exact: "exact.json",
} as const;

/** What is shown in place of a question's own frames: a flag of `vsi-eval run`. */
export type OtherFrames = "without-frames" | "frames-of-other-rooms";

/** What is asked, of whom, and where the answers go. */
interface Evaluation {
  /** The model's folder. */
  model: string;
  baseUrl: string;
  /** JSONL of questions. */
  questions: string;
  framesFolder: string;
  shown: "own" | OtherFrames;
  /** Folder for the answers. */
  out: string;
}

/**
 * Asks the served model all questions, as it was asked in training, and scores its answers. @returns the share that is
 * right.
 */
export async function evaluate(evaluation: Evaluation, signal: AbortSignal): Promise<number> {
  const { model, baseUrl, questions, framesFolder, shown, out } = evaluation;
  const settings = PRESETS.tiny.methods.grpo?.settings;
  if (settings === undefined) throw new Error("The preset tiny has no settings for GRPO.");
  await mkdir(out, { recursive: true });
  const asked = ["--model", model, "--base-url", baseUrl, "--data", questions, "--frames-dir", framesFolder];
  const limits = [
    "--max-pixels",
    String(settings.maxPixels),
    "--max-tokens",
    String(settings.trainer.max_completion_length),
  ];
  const frames = shown === "own" ? [] : [`--${shown}`];
  const words = ["run", ...asked, ...frames, ...limits, "--prompts", "training", "--out", out, "--quiet"];
  await runCommand("vsi-eval", words, { signal });
  const output = join(out, SCORE_FILES.score);
  const predictions = join(out, "predictions.jsonl");
  await runCommand("vsi-eval", ["score", predictions, "--data", questions, "--json"], { signal, output });
  const report = await readJson<ScoreReport>(output);
  await writeFile(join(out, SCORE_FILES.exact), `${JSON.stringify(allOrNothing(report))}\n`);
  return shareRight(report);
}

/** What the demo reads in a score report of `vsi-eval score --json`; the rest is passed on as it is. */
interface ScoreReport {
  questions: { official: number; robust: number }[];
}

/**
 * The report with each question right or wrong. Mean Relative Accuracy pays for near numbers too, so that always
 * answering the middle one earns something; it is 1 only within 5 % of the truth, which for a count below 20 is the
 * count itself.
 */
export function allOrNothing<Report extends ScoreReport>(report: Report): Report {
  const questions = report.questions.map((question) => ({
    ...question,
    official: Math.floor(question.official),
    robust: Math.floor(question.robust),
  }));
  return { ...report, questions };
}

/** The share of the questions that are right, 0 to 1. */
export function shareRight({ questions }: ScoreReport): number {
  return questions.reduce((sum, { robust }) => sum + Math.floor(robust), 0) / questions.length;
}

/** A JSON file that one of the project's commands wrote a moment ago, and whose shape is therefore known. */
async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, "utf8")) as T;
}
