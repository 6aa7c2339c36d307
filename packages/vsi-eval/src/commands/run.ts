import { createLog, type Log, listenForSignals, type Progress, progressStyle, startProgress } from "@vsi/command";
import { UsageError, type Values } from "@vsi/command/program";
import { printable } from "@vsi/dataset/internal";
import { describePlan, describeRun, summarizePlan } from "../output/run.ts";
import { planRun } from "../run/planRun.ts";
import { type RunHooks, type RunReport, runPlan } from "../run/runModel.ts";
import { framesShown, type RunOptions } from "../run/runOptions.ts";
import { plainKeyWarning } from "../run/server.ts";
import { shownFolder } from "../run/shownFrames.ts";
import type { RUN } from "./flags.ts";

/**
 * Asks with a progress bar and closing lines, or says what a run would ask.
 *
 * @returns the exit code: 1 when a question got no answer
 */
export async function run(values: Values<typeof RUN>): Promise<number> {
  const { dryRun, quiet, json } = values;
  const { options, key } = runOptions(values, process.env);
  if (dryRun) {
    const plan = summarizePlan(await planRun(options));
    process.stdout.write(printable(`${json ? JSON.stringify(plan, null, 2) : describePlan(plan)}\n`));
    return 0;
  }
  const report = await askModel(options, key, values);
  if (json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!quiet) process.stdout.write(printable(`${describeRun(report)}\n`));
  return report.failed.length > 0 ? 1 : 0;
}

/**
 * A run with its warnings and a progress bar, which a signal stops.
 *
 * @throws as runModel.
 */
export async function askModel(
  options: RunOptions,
  key: string | null,
  { quiet, logLevel }: Pick<Values<typeof RUN>, "quiet" | "logLevel">,
): Promise<RunReport> {
  let progress: Progress | null = null;
  const write = (line: string): void =>
    progress === null ? void process.stderr.write(`${line}\n`) : progress.note(line);
  const log: Log = createLog(quiet ? "error" : logLevel, write);
  const warning = plainKeyWarning(options.baseUrl, key);
  if (warning !== null) log("warn", warning);
  const start = performance.now();
  // Until here a signal ends the process at once, as nothing of the run is written yet.
  const plan = await planRun(options);
  const interruption = listenForSignals();
  try {
    const hooks: RunHooks = {
      signal: interruption.signal,
      onStart: (pending) => {
        progress = startProgress(pending, "questions", progressStyle({ quiet, logLevel }));
      },
      onQuestion: (id) => progress?.done(id),
      onProblem: log,
    };
    return await runPlan(plan, options, key, hooks, start);
  } finally {
    (progress as Progress | null)?.stop();
    interruption.stopListening();
  }
}

/** Where the key is looked for when no other name is given: what OpenAI's own clients read. */
const KEY_VARIABLE = "OPENAI_API_KEY";

/** What was typed for a run, checked and completed with the defaults. */
interface RunArguments {
  options: RunOptions;
  /** The API key; null where the environment holds none. */
  key: string | null;
}

/**
 * A run's options from what was typed.
 *
 * @throws UsageError naming the flag, what it got and what to give.
 */
export function runOptions(values: Values<typeof RUN>, environment: NodeJS.ProcessEnv): RunArguments {
  if (values.resume && values.overwrite) {
    throw new UsageError("--resume continues a run, --overwrite starts over: give only one.");
  }
  const { quiet, json, logLevel, config, dryRun, framesDir, apiKeyEnv, ...options } = values;
  const shown = framesShown(values);
  const folder = `runs/eval-${values.model.replaceAll(/[^\w.-]+/g, "-")}`;
  return {
    options: {
      ...options,
      framesFolder: framesDir,
      // A folder of its own, so that it never stands where the plain run does.
      out: values.out ?? (shown === null ? folder : shownFolder(folder, shown)),
    },
    key: readKey(environment, apiKeyEnv),
  };
}

/** The key's value never goes into an error. */
export function readKey(environment: NodeJS.ProcessEnv, name: string | null): string | null {
  const key = environment[name ?? KEY_VARIABLE]?.trim() ?? "";
  if (key === "") {
    if (name === null) return null;
    throw new UsageError(
      `--api-key-env ${name}: this environment variable is not set, or empty. Set it, or leave the flag out.`,
    );
  }
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new UsageError(
    `${name ?? KEY_VARIABLE}: got a key with spaces or other characters that an HTTP header can't hold. Set it again.`,
  );
}
