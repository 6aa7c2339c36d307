import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TINY } from "../presets/tiny.ts";
import { allOrNothing, type ScoreReport, shareRight } from "./allOrNothing.ts";
import { readJson } from "./readJson.ts";
import { runCommand } from "./runCommand.ts";

/** The files of one evaluation that later commands read. */
export const SCORE_FILES = {
  /** What `vsi-eval score --json` printed. */
  score: "score.json",
  /** The same, each question right or wrong. */
  exact: "exact.json",
} as const;

/** What is asked, of whom, and where the answers go. */
export interface Evaluation {
  /** The model's folder. */
  model: string;
  baseUrl: string;
  /** JSONL of questions. */
  questions: string;
  framesFolder: string;
  /** Folder for the answers. */
  out: string;
}

/** Asks the served model all questions, as it was asked in training, and scores its answers. @returns the share that is right. */
export async function evaluate(evaluation: Evaluation, signal: AbortSignal): Promise<number> {
  const { model, baseUrl, questions, framesFolder, out } = evaluation;
  const { maxPixels, trainer } = TINY.methods.grpo!.settings;
  await mkdir(out, { recursive: true });
  const asked = ["--model", model, "--base-url", baseUrl, "--data", questions, "--frames-dir", framesFolder];
  const limits = ["--max-pixels", String(maxPixels), "--max-tokens", String(trainer.max_completion_length)];
  await runCommand("vsi-eval", ["run", ...asked, ...limits, "--prompts", "training", "--out", out, "--quiet"], {
    signal,
  });
  const output = join(out, SCORE_FILES.score);
  const predictions = join(out, "predictions.jsonl");
  await runCommand("vsi-eval", ["score", predictions, "--data", questions, "--json"], { signal, output });
  const report = await readJson<ScoreReport>(output);
  await writeFile(join(out, SCORE_FILES.exact), `${JSON.stringify(allOrNothing(report))}\n`);
  return shareRight(report);
}
