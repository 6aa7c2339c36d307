import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import { isRecord, printable } from "@vsi/dataset/internal";
import { writeFileAtomically } from "@vsi/dataset/node";
import { percent } from "@vsi/report/internal";
import { TrainError } from "../errors.ts";
import type { TrainOptions } from "../settings/trainOptions.ts";
import { runLeashed, typedCommand, VSI_TRAIN } from "./children.ts";
import { checkEvaluation, type Evaluation, evaluateModel, evaluationFiles, readScore } from "./evaluate.ts";
import { modelServers } from "./servers.ts";

/** What `--evaluate` and the flags beside it say. */
interface EvaluateFlags {
  evaluate: string | null;
  evaluateFrames: string | null;
  serve: string | null;
  quiet: boolean;
}

/** Evaluates a trained run. @param step at which it ended. @returns the path of its score.json. */
export type EvaluateRun = (run: string, step: number, signal: AbortSignal) => Promise<string>;

/** Which model the answers in a run's folder are of. */
const RECORD_FILE = "evaluated.json";

/**
 * What `--evaluate` asks for, checked before the training: the questions, their frames, and that there is a vsi-eval.
 * The model is then asked as it was trained: its frames, pixels, mode and prompts, and for GRPO its longest completion.
 *
 * @returns null without --evaluate.
 * @throws UsageError with vsi-eval's words, and for answers in the run's folder that --evaluate has not written.
 */
export async function prepareEvaluation(
  { frames, maxPixels, mode, method, trainer, out }: TrainOptions,
  { evaluate, evaluateFrames, serve, quiet }: EvaluateFlags,
): Promise<EvaluateRun | null> {
  if (evaluate === null) return null;
  checkOwnAnswers(out);
  const longest = method === "grpo" ? { "max-tokens": String(trainer.max_completion_length) } : {};
  const flags = { frames: String(frames), "max-pixels": String(maxPixels), prompts: "training", ...longest };
  const evaluation: Evaluation = { benchmark: evaluate, framesDir: evaluateFrames, mode, flags };
  const asked = await checkEvaluation(evaluation, {
    benchmark: "--evaluate",
    framesDir: "--evaluate-frames",
    flags: "--evaluate",
  });
  return async (run, step, signal) => {
    const onCommand = (words: readonly string[]): void => {
      if (!quiet) process.stderr.write(printable(`$ ${typedCommand(words)}\n`));
    };
    await clearOlder(run, step);
    const model = existsSync(join(run, "model", "adapter_config.json"))
      ? await mergedModel(run, quiet, signal, onCommand)
      : join(run, "model");
    const servers = modelServers({ serve, log: join(run, "server.log"), frames: asked.frames, signal });
    try {
      const { baseUrl } = await servers.serve(model);
      await evaluateModel(evaluation, { folder: run, model, baseUrl, quiet, signal, onCommand });
    } finally {
      await servers.close();
    }
    const { score } = evaluationFiles(run);
    const average = (await readScore(score))?.rows.find(({ row }) => row === "overall");
    const interval = average?.official_interval?.map((end) => percent(end)).join(" to ");
    if (!quiet) {
      const between = interval === undefined ? "" : ` (${interval})`;
      process.stderr.write(
        printable(
          `Average ${percent(average?.official ?? null) ?? "unknown"}${between} percent; all scores are in ${score}.\n`,
        ),
      );
    }
    return score;
  };
}

/** What somebody asked the run by hand would be removed as older. */
function checkOwnAnswers(run: string): void {
  if (existsSync(join(run, RECORD_FILE))) return;
  const own = ["answers", "score.json"].map((name) => join(run, name)).find((path) => existsSync(path));
  if (own === undefined) return;
  throw new UsageError(
    `--evaluate: got ${own}, which --evaluate has not written and would replace. Move it elsewhere.`,
  );
}

/** A run that was trained further has another model than the one that was merged and asked. */
async function clearOlder(run: string, step: number): Promise<void> {
  const file = join(run, RECORD_FILE);
  const text = await readFile(file, "utf8").catch(() => "{}");
  let before: unknown = null;
  try {
    before = JSON.parse(text);
  } catch {
    // A record that was cut: of nothing that is known.
  }
  if (isRecord(before) && before.step === step) return;
  for (const name of ["answers", "score.json", "merged"]) await rm(join(run, name), { recursive: true, force: true });
  await writeFileAtomically(file, `${JSON.stringify({ step })}\n`);
}

async function mergedModel(
  run: string,
  quiet: boolean,
  signal: AbortSignal,
  onCommand: (words: readonly string[]) => void,
): Promise<string> {
  const out = join(run, "merged");
  if (existsSync(join(out, "config.json"))) return out;
  const words = ["merge", run, "--out", out, ...(quiet ? ["--quiet"] : [])];
  onCommand(["vsi-train", ...words]);
  const exitCode = await runLeashed([...VSI_TRAIN, ...words], signal);
  signal.throwIfAborted();
  if (exitCode === 0) return out;
  throw new TrainError("study-step-failed", {
    file: run,
    place: "vsi-train merge",
    got: `exit code ${exitCode}; what it said stands above`,
    expected: "a merged model",
    advice: "Mend that, then give the same command with --resume.",
  });
}
