import {
  checkFlagValues,
  commonFlags,
  createLog,
  type Log,
  type LogLevel,
  listenForSignals,
  type Progress,
  progressStyle,
  startProgress,
  UsageError,
  wholeNumber,
} from "@vsi/command";
import { printable } from "@vsi/dataset";
import type { Argv } from "yargs";
import { BENCHMARK_SPLITS } from "../benchmarkFile.ts";
import { EXIT_CODES } from "../errors.ts";
import { describePlan, describeRun, summarizePlan } from "../output/run.ts";
import { TOKEN_SIDE } from "../run/frameImage.ts";
import { planRun } from "../run/planRun.ts";
import { type RunHooks, runPlan } from "../run/runModel.ts";
import { ANSWER_MODES, DEFAULT_RUN_OPTIONS, PROMPT_SETS, type RunOptions } from "../run/runOptions.ts";
import { plainKeyWarning } from "../run/server.ts";

/**
 * Asks with a progress bar and closing lines, or says what a run would ask.
 *
 * @returns the exit code: 1 when a question got no answer
 */
export async function runRun({ options, key, dryRun, quiet, json, logLevel }: RunArguments): Promise<number> {
  if (dryRun) {
    const plan = summarizePlan(await planRun(options));
    process.stdout.write(printable(`${json ? JSON.stringify(plan, null, 2) : describePlan(plan)}\n`));
    return 0;
  }
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
    const report = await runPlan(plan, options, key, hooks, start);
    (progress as Progress | null)?.stop();
    if (json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
    else if (!quiet) process.stdout.write(printable(`${describeRun(report)}\n`));
    return report.failed.length > 0 ? 1 : 0;
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
  dryRun: boolean;
  quiet: boolean;
  json: boolean;
  logLevel: LogLevel;
}

/** The flags of `vsi-eval run`, for `--help` and for reading the command line. */
export function runFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .option("model", {
      type: "string",
      demandOption: true,
      requiresArg: true,
      describe: "The model's name, as the server lists it",
    })
    .option("base-url", {
      type: "string",
      demandOption: true,
      requiresArg: true,
      coerce: checkBaseUrl,
      describe: "An OpenAI-compatible server, up to and with /v1",
    })
    .option("data", {
      type: "string",
      demandOption: true,
      requiresArg: true,
      describe: "VSI-Bench's JSONL, a JSONL of questions, or a dataset folder of vsi-build",
    })
    .option("frames-dir", {
      type: "string",
      requiresArg: true,
      defaultDescription: "frames/ of the dataset folder",
      describe: "Folder of FOLDER/<dataset>/<scene_name>/*.jpg, or FOLDER/<scene_name>/*.jpg",
    })
    .option("out", {
      type: "string",
      requiresArg: true,
      defaultDescription: "runs/eval-MODEL",
      describe: "Folder for the answers, the settings and the predictions",
    })
    .option("mode", {
      choices: ANSWER_MODES,
      default: DEFAULT_RUN_OPTIONS.mode,
      describe: "Ask for the answer alone, after thinking, or after describing the video",
    })
    .option("prompts", {
      choices: PROMPT_SETS,
      default: DEFAULT_RUN_OPTIONS.prompts,
      describe: "The paper's wording at evaluation, or the one of its training (with tags)",
    })
    .option("split", { choices: BENCHMARK_SPLITS, describe: "Of a dataset folder; test, or validation without a test" })
    .option("limit", {
      type: "number",
      coerce: wholeNumber("--limit", 1),
      requiresArg: true,
      describe: "Only the first so many questions; --resume with a higher one goes on",
    })
    .option("frames", {
      type: "number",
      default: DEFAULT_RUN_OPTIONS.frames,
      coerce: wholeNumber("--frames", 1),
      requiresArg: true,
      describe: "Frames of a scene shown at most, taken evenly; questions that list their own frames are shown those",
    })
    .option("max-pixels", {
      type: "number",
      default: DEFAULT_RUN_OPTIONS.maxPixels,
      coerce: wholeNumber("--max-pixels", TOKEN_SIDE * TOKEN_SIDE),
      requiresArg: true,
      describe: `Width times height of a frame at most; sides are multiples of ${TOKEN_SIDE}`,
    })
    .option("max-tokens", {
      type: "number",
      default: DEFAULT_RUN_OPTIONS.maxTokens,
      coerce: wholeNumber("--max-tokens", 1),
      requiresArg: true,
      describe: "Tokens of an answer at most",
    })
    .option("temperature", {
      type: "number",
      default: DEFAULT_RUN_OPTIONS.temperature,
      coerce: checkTemperature,
      requiresArg: true,
      describe: "0 takes the likeliest token; above 0 answers differ from run to run",
    })
    .option("seed", {
      type: "number",
      coerce: wholeNumber("--seed", 0),
      requiresArg: true,
      describe: "Sent with every question, for servers that draw by it",
    })
    .option("concurrency", {
      type: "number",
      default: DEFAULT_RUN_OPTIONS.concurrency,
      coerce: wholeNumber("--concurrency", 1),
      requiresArg: true,
      describe: "Questions asked at the same time",
    })
    .option("timeout", {
      type: "number",
      default: DEFAULT_RUN_OPTIONS.timeout,
      coerce: wholeNumber("--timeout", 1),
      requiresArg: true,
      describe: "Seconds until an attempt is given up",
    })
    .option("retries", {
      type: "number",
      default: DEFAULT_RUN_OPTIONS.retries,
      coerce: wholeNumber("--retries", 0),
      requiresArg: true,
      describe: "Further attempts for a busy server, a cut connection, a broken answer",
    })
    .option("api-key-env", {
      type: "string",
      requiresArg: true,
      defaultDescription: KEY_VARIABLE,
      describe: "Environment variable that holds the API key; it is never written anywhere",
    })
    .option("allow-dropped-images", {
      type: "boolean",
      default: DEFAULT_RUN_OPTIONS.allowDroppedImages,
      describe: "Go on although the model seems not to see the images",
    })
    .option("resume", {
      type: "boolean",
      default: DEFAULT_RUN_OPTIONS.resume,
      describe: "Go on with a run that was interrupted",
    })
    .option("overwrite", { type: "boolean", default: DEFAULT_RUN_OPTIONS.overwrite, describe: "Start a run again" })
    .option("dry-run", {
      type: "boolean",
      default: false,
      describe: "Check the questions and frames, show the first prompt, ask nothing",
    })
    .example(
      "$0 run --model Qwen/Qwen2-VL-2B-Instruct --base-url http://127.0.0.1:8000/v1 --data test.jsonl --frames-dir ./frames",
      "VSI-Bench on a server of your own",
    )
    .example(
      "$0 run --model tuned --base-url http://127.0.0.1:8000/v1 --data ./vsi-bench --mode think --prompts training",
      "a tuned model on a built dataset with frames",
    )
    .epilogue(EXIT_CODES);
}

type RunFlags = Awaited<ReturnType<typeof runFlags>["argv"]>;

/**
 * From the flags as yargs read them.
 *
 * @throws UsageError naming the flag, what it got and what to give.
 */
export function toRunArguments(flags: RunFlags, environment: NodeJS.ProcessEnv): RunArguments {
  checkFlagValues(flags);
  if (flags.resume && flags.overwrite) {
    throw new UsageError("--resume goes on with a run, --overwrite starts it again: give one of them.");
  }
  return {
    options: {
      model: flags.model,
      baseUrl: flags["base-url"],
      mode: flags.mode,
      prompts: flags.prompts,
      frames: flags.frames,
      maxPixels: flags["max-pixels"],
      maxTokens: flags["max-tokens"],
      temperature: flags.temperature,
      seed: flags.seed ?? null,
      data: flags.data,
      split: flags.split ?? null,
      framesFolder: flags["frames-dir"] ?? null,
      out: flags.out ?? `runs/eval-${flags.model.replaceAll(/[^\w.-]+/g, "-")}`,
      limit: flags.limit ?? null,
      concurrency: flags.concurrency,
      timeout: flags.timeout,
      retries: flags.retries,
      resume: flags.resume,
      overwrite: flags.overwrite,
      allowDroppedImages: flags["allow-dropped-images"],
    },
    key: readKey(environment, flags["api-key-env"] ?? null),
    dryRun: flags["dry-run"],
    quiet: flags.quiet,
    json: flags.json,
    logLevel: flags["log-level"],
  };
}

/** The key's value never goes into an error. */
function readKey(environment: NodeJS.ProcessEnv, name: string | null): string | null {
  const key = environment[name ?? KEY_VARIABLE]?.trim() ?? "";
  if (key === "") {
    if (name === null) return null;
    throw new UsageError(
      `--api-key-env ${name}: the environment has no such variable, or it is empty. Set it, or leave the flag out.`,
    );
  }
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new UsageError(
    `${name ?? KEY_VARIABLE}: got a key with blanks or other characters that no HTTP header holds. Set it again.`,
  );
}

function checkBaseUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  // Not repeated in the message: it may hold a password.
  if (url !== null && (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "")) {
    throw new UsageError(
      "--base-url: got an address with a user, password or query, expected one without, such as http://127.0.0.1:8000/v1. A key belongs in the environment (--api-key-env).",
    );
  }
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    const got = value.includes("@") ? "no address" : value;
    throw new UsageError(`--base-url: got ${got}, expected an address such as http://127.0.0.1:8000/v1.`);
  }
  return value;
}

function checkTemperature(value: number): number {
  if (typeof value === "number" && value >= 0 && value <= 2) return value;
  throw new UsageError(`--temperature: got ${value}, expected one number from 0 to 2.`);
}
