import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  checkFlagValues,
  commonFlags,
  listenForSignals,
  progressStyle,
  splitAtCommas,
  UsageError,
  wholeNumber,
} from "@vsi/command";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import type { Argv } from "yargs";
import { lockFolder } from "../environment/commands.ts";
import { findTrainerPython } from "../environment/python.ts";
import { ALARM_ACTIONS, type AlarmAction } from "../run/monitor.ts";
import { superviseRun } from "../run/superviseRun.ts";
import { checkBatch, runFolder } from "../settings/checkBatch.ts";
import { describeDryRun, dryRun } from "../settings/dryRun.ts";
import { launcherCommand, resolveLaunch, worldSize } from "../settings/launch.ts";
import type { MethodPreset, Preset } from "../settings/paperPresets.ts";
import { prepareRows, prepareRun } from "../settings/prepareRun.ts";
import { DEFAULT_PRESETS, PRESET_NAMES, PRESETS } from "../settings/presets.ts";
import type { LoraSettings, Method } from "../settings/runSettings.ts";
import {
  DEFAULT_TRAIN_OPTIONS,
  isHubName,
  type ResumeChoice,
  type TrainOptions,
  type VllmChoice,
} from "../settings/settings.ts";

/**
 * Trains, or says what training would do.
 *
 * @returns the exit code: 0 done, 1 failed, 130 or 143 after a signal.
 */
export async function runTraining(method: Method, flags: AnyTrainFlags): Promise<number> {
  const options = toTrainOptions(method, flags);
  if (flags["dry-run"]) {
    const report = await dryRun(options);
    process.stdout.write(`${flags.json ? JSON.stringify(report, null, 2) : describeDryRun(report)}\n`);
    return 0;
  }
  const found = await findTrainerPython();
  if ("missing" in found) throw new UsageError(found.missing);
  const logLevel = flags.quiet ? "error" : flags["log-level"];
  const rows = await prepareRows(options);
  const unlock = lockFolder(runFolder(options));
  // Until here a signal ends the process at once, as nothing of the run is written yet.
  const interruption = listenForSignals();
  try {
    const settings = await prepareRun(options, rows);
    const { exitCode, end } = await superviseRun(settings, {
      python: found.python,
      processes: options.launch.processes,
      launcher: launcherCommand(options.launch, found.python),
      dataset: options.data,
      onAlarm: flags["on-alarm"],
      style: progressStyle({ quiet: flags.quiet, logLevel }),
      logLevel,
      signal: interruption.signal,
      stream: process.stderr,
    });
    if (flags.json) {
      const { done, interrupted } = end;
      const step = (done ?? interrupted)?.step ?? null;
      process.stdout.write(
        `${JSON.stringify({ run: settings.run, exit_code: exitCode, step, model: done?.path ?? null })}\n`,
      );
    }
    return exitCode;
  } finally {
    unlock();
    interruption.stopListening();
  }
}

/** Flags that take several values. */
const LIST_FLAGS = ["types", "hosts"];

/** DeepSpeed's configurations that come with the package. */
const DEEPSPEED_FILES = new URL("../../deepspeed/", import.meta.url);

/**
 * From the flags as yargs read them, completed by the preset.
 *
 * @throws UsageError naming the flag, what it got and what to give.
 */
export function toTrainOptions(method: Method, flags: AnyTrainFlags, environment = process.env): TrainOptions {
  // "--resume" alone means the newest checkpoint.
  checkFlagValues({ ...flags, resume: undefined }, LIST_FLAGS);
  const name = flags.preset ?? DEFAULT_PRESETS[method];
  const preset: Preset = PRESETS[name];
  const { settings } = preset.methods[method] as MethodPreset;
  if (method === "dpo" && flags.mode !== "vanilla") {
    throw new UsageError(
      `--mode: got ${flags.mode}, expected vanilla: with reasoning in both answers of a pair, DPO would learn from the text which answer follows, not from the frames.`,
    );
  }
  if (flags.resume !== undefined && flags.overwrite) {
    throw new UsageError("--resume goes on with a run, --overwrite starts it again: give one of them.");
  }
  if (flags.steps !== undefined && flags.epochs !== undefined) {
    throw new UsageError("--steps and --epochs both say how long to train: give one of them.");
  }
  const options: TrainOptions = {
    method,
    preset: name,
    model: modelOf(flags, preset),
    revision: flags.revision ?? null,
    data: flags.data,
    out: flags.out,
    mode: flags.mode,
    reward: flags.reward ?? DEFAULT_TRAIN_OPTIONS.reward,
    split: flags.split,
    types: flags.types ?? null,
    limit: flags.limit ?? null,
    heldOut: flags["held-out"],
    frames: flags.frames ?? settings.frames,
    maxPixels: flags["max-pixels"] ?? settings.maxPixels,
    lora: loraOf(flags, settings.lora),
    adapter: adapterOf(flags.adapter),
    batch: flags.batch ?? settings.batch,
    accumulation: flags.accumulation ?? settings.accumulation,
    learningRate: flags["learning-rate"] ?? settings.learningRate,
    epochs: flags.epochs ?? settings.epochs,
    steps: flags.steps ?? null,
    saveEvery: flags["save-every"],
    seed: flags.seed,
    trainer: {
      ...settings.trainer,
      ...(flags.rollouts === undefined ? {} : { num_generations: flags.rollouts }),
      ...(flags.beta === undefined ? {} : { beta: flags.beta }),
    },
    vllm: vllmOf(flags.vllm),
    deepspeed: deepspeedOf(flags.deepspeed),
    launch: resolveLaunch({ processes: flags.processes, hosts: flags.hosts ?? null }, environment, hostname()),
    resume: resumeOf(flags.resume),
    overwrite: flags.overwrite,
  };
  if (method === "grpo") {
    const rollouts = Number(options.trainer.num_generations);
    checkBatch({
      batch: options.batch,
      accumulation: options.accumulation,
      processes: worldSize(options.launch),
      rollouts,
    });
  }
  return options;
}

function modelOf({ model, preset }: AnyTrainFlags, { model: presetModel }: Preset): string {
  const chosen = model ?? presetModel;
  if (chosen !== null && !existsSync(chosen) && !isHubName(chosen)) {
    throw new UsageError(
      `--model: got ${chosen}, expected a folder that is there, or a hub's name such as Qwen/Qwen2-VL-2B-Instruct.`,
    );
  }
  if (chosen !== null) return chosen;
  throw new UsageError(
    `--model: the preset ${preset} names none. Make one by vsi-train tiny-model --out ./tiny and give --model ./tiny.`,
  );
}

function loraOf(flags: AnyTrainFlags, preset: LoraSettings): LoraSettings | null {
  const own = (["lora-r", "lora-alpha", "lora-dropout", "lora-targets"] as const).find(
    (name) => flags[name] !== undefined,
  );
  const without = flags.full ? "--full trains every weight" : "--adapter goes on with an adapter as it is";
  if (flags.full && flags.adapter !== undefined) {
    throw new UsageError("--full trains every weight, --adapter an adapter: give one of them.");
  }
  if (flags.full || flags.adapter !== undefined) {
    if (own !== undefined) throw new UsageError(`--${own} makes a new adapter, but ${without}: give one of them.`);
    return null;
  }
  const targets = flags["lora-targets"];
  return {
    r: flags["lora-r"] ?? preset.r,
    lora_alpha: flags["lora-alpha"] ?? preset.lora_alpha,
    lora_dropout: flags["lora-dropout"] ?? preset.lora_dropout,
    target_modules: targets === undefined ? preset.target_modules : targetsOf(targets),
  };
}

function adapterOf(value: string | undefined): string | null {
  if (value === undefined || existsSync(join(value, "adapter_config.json"))) return value ?? null;
  throw new UsageError(
    `--adapter: got ${value}, expected the folder of an adapter (with adapter_config.json), such as model/ in an earlier run's folder.`,
  );
}

/** Plain names become a list; all else is an expression, or peft's "all-linear". */
function targetsOf(text: string): string | string[] {
  const names = text.split(",").map((name) => name.trim());
  return names.every((name) => /^\w+$/.test(name)) ? names : text;
}

function vllmOf(value: string | undefined): VllmChoice | null {
  if (value === undefined) return null;
  if (value === "colocate") return { mode: "colocate" };
  if (value === "server") return { mode: "server", url: null };
  if (/^https?:\/\/\S+$/.test(value)) return { mode: "server", url: value };
  throw new UsageError(
    `--vllm: got ${value}, expected colocate, server, or a server's address such as http://gpu09:8000.`,
  );
}

function deepspeedOf(value: string | undefined): string | null {
  if (value === undefined) return null;
  if (value === "zero2" || value === "zero3") return fileURLToPath(new URL(`${value}.json`, DEEPSPEED_FILES));
  if (existsSync(value)) return resolve(value);
  throw new UsageError(`--deepspeed: got ${value}, expected zero2, zero3, or a file that is there.`);
}

function resumeOf(value: string | undefined): ResumeChoice {
  if (value === undefined) return null;
  if (value === "" || value === "latest") return "latest";
  if (existsSync(value)) return { checkpoint: value };
  throw new UsageError(`--resume: got ${value}, expected no value, or a checkpoint's folder that is there.`);
}

/** The flags of training, for `--help` and for reading the command line: those of all three methods. */
function trainFlags(commandLine: Argv, method: Method) {
  const presets = PRESET_NAMES.filter((name) => PRESETS[name].methods[method] !== undefined);
  return launchFlags(weightFlags(dataFlags(commonFlags(commandLine))))
    .option("out", { type: "string", demandOption: true, requiresArg: true, describe: "Folder of the run" })
    .option("preset", {
      choices: presets,
      requiresArg: true,
      describe: `Settings that go together: ${presets.map((name) => `${name} (${PRESETS[name].about})`).join("; ")}`,
    })
    .option("held-out", {
      type: "number",
      default: DEFAULT_TRAIN_OPTIONS.heldOut as number,
      coerce: wholeNumber("--held-out", 0),
      requiresArg: true,
      describe: "Evaluate on at most so many questions of data/validation.jsonl at each checkpoint; 0 for none",
    })
    .option("steps", {
      type: "number",
      coerce: wholeNumber("--steps", 1),
      requiresArg: true,
      describe: "Updates to make, in place of --epochs",
    })
    .option("epochs", {
      type: "number",
      coerce: numberFrom("--epochs", 0, "above"),
      requiresArg: true,
      describe: "Times each question is taken",
    })
    .option("batch", {
      type: "number",
      coerce: wholeNumber("--batch", 1),
      requiresArg: true,
      describe: "Rows a step on each process; for GRPO completions, which must make whole groups of --rollouts",
    })
    .option("accumulation", {
      type: "number",
      coerce: wholeNumber("--accumulation", 1),
      requiresArg: true,
      describe: "Steps whose gradients are added up before one update",
    })
    .option("learning-rate", {
      type: "number",
      coerce: numberFrom("--learning-rate", 0, "above"),
      requiresArg: true,
      describe: "Size of an update",
    })
    .option("save-every", {
      type: "number",
      default: DEFAULT_TRAIN_OPTIONS.saveEvery as number,
      coerce: wholeNumber("--save-every", 1),
      requiresArg: true,
      describe: "Updates between checkpoints",
    })
    .option("resume", {
      type: "string",
      describe: "Go on at the newest checkpoint in --out, or at the checkpoint given",
    })
    .option("on-alarm", {
      choices: ALARM_ACTIONS,
      default: "warn" as AlarmAction,
      describe: "What happens when a run goes wrong (no variance, exploding KL, NaN ...)",
    })
    .option("dry-run", {
      type: "boolean",
      default: false,
      describe: "Only say what would run: settings, first prompts, memory, command",
    });
}

function weightFlags<T>(commandLine: Argv<T>) {
  return commandLine
    .option("model", { type: "string", requiresArg: true, describe: "Hub name or folder of the base model" })
    .option("revision", { type: "string", requiresArg: true, describe: "The model's commit, tag or branch on the hub" })
    .option("full", { type: "boolean", default: false, describe: "Train every weight in place of an adapter" })
    .option("lora-r", {
      type: "number",
      coerce: wholeNumber("--lora-r", 1),
      requiresArg: true,
      describe: "The adapter's rank",
    })
    .option("lora-alpha", {
      type: "number",
      coerce: wholeNumber("--lora-alpha", 1),
      requiresArg: true,
      describe: "The adapter counts by alpha / rank",
    })
    .option("lora-dropout", {
      type: "number",
      coerce: numberFrom("--lora-dropout", 0),
      requiresArg: true,
      describe: "Share of the adapter's inputs left out while training",
    })
    .option("lora-targets", {
      type: "string",
      requiresArg: true,
      describe: "Layers' last names with commas between, or one regular expression over full names",
    })
    .option("adapter", { type: "string", requiresArg: true, describe: "Go on training this adapter, such as SFT's" });
}

function launchFlags<T>(commandLine: Argv<T>) {
  return commandLine
    .option("processes", {
      type: "number",
      default: DEFAULT_TRAIN_OPTIONS.processes,
      coerce: wholeNumber("--processes", 1),
      requiresArg: true,
      describe: "Training processes on this host, usually its GPUs",
    })
    .option("hosts", {
      type: "string",
      array: true,
      coerce: splitAtCommas,
      requiresArg: true,
      defaultDescription: "what the scheduler says (SLURM_*, or NNODES, NODE_RANK, MASTER_ADDR)",
      describe: "All hosts' names, the same on each; run the same command on every one",
    })
    .option("deepspeed", {
      type: "string",
      requiresArg: true,
      describe: "zero2, zero3, or a DeepSpeed configuration file (configuration checked, not run)",
    });
}

type TrainFlags = Awaited<ReturnType<typeof trainFlags>["argv"]>;

/** The flags of GRPO beside those of every method. */
export function grpoFlags(commandLine: Argv) {
  return trainFlags(commandLine, "grpo")
    .option("reward", {
      choices: ["paper", "mra"] as const,
      default: DEFAULT_TRAIN_OPTIONS.reward as "paper" | "mra",
      describe: "How numbers are paid: by relative error, or by VSI-Bench's mean relative accuracy",
    })
    .option("rollouts", {
      type: "number",
      coerce: wholeNumber("--rollouts", 2),
      requiresArg: true,
      describe: "Completions a question",
    })
    .option("beta", { type: "number", coerce: numberFrom("--beta", 0), requiresArg: true, describe: "Weight of KL" })
    .option("vllm", {
      type: "string",
      requiresArg: true,
      describe: "Generate by vLLM: colocate, server, or a server's http address (configuration checked, not run)",
    })
    .example("$0 grpo --data ./vsi-100k --out runs/first --dry-run", "what the paper's settings come to")
    .example("$0 grpo --data ./vsi-100k --out runs/8gpus --processes 8 --vllm colocate", "eight GPUs of one host");
}

/** The flags of SFT: those of every method. */
export function sftFlags(commandLine: Argv) {
  return trainFlags(commandLine, "sft").example(
    "$0 sft --data ./vsi-100k --out runs/sft",
    "the paper's first baseline",
  );
}

/** The flags of DPO beside those of every method. */
export function dpoFlags(commandLine: Argv) {
  return trainFlags(commandLine, "dpo")
    .option("beta", {
      type: "number",
      coerce: numberFrom("--beta", 0, "above"),
      requiresArg: true,
      describe: "How closely the reference is kept to",
    })
    .example("$0 dpo --data ./vsi-100k --out runs/dpo", "the paper's second baseline");
}

/** What was typed for any method; flags that a method does not have are absent. */
export type AnyTrainFlags = TrainFlags &
  Partial<Pick<Awaited<ReturnType<typeof grpoFlags>["argv"]>, "reward" | "rollouts" | "beta" | "vllm">>;

/** The modes, in the paper's order. */
const MODES = ["vanilla", "think", "observe"] as const;

/** The flags that say what is taken of a dataset, the same for training and for exporting. */
export function dataFlags<T>(commandLine: Argv<T>) {
  return commandLine
    .option("data", {
      type: "string",
      demandOption: true,
      requiresArg: true,
      describe: "Dataset folder, as vsi-build --frames writes it",
    })
    .option("mode", {
      choices: MODES,
      default: DEFAULT_TRAIN_OPTIONS.mode as (typeof MODES)[number],
      describe: "How the model is asked to answer: at once, or after reasoning in think or observe tags",
    })
    .option("split", {
      choices: ["train", "validation"] as const,
      default: DEFAULT_TRAIN_OPTIONS.split as "train" | "validation",
      describe: "Which file of the dataset; the test split is the benchmark's own and never trained on",
    })
    .option("types", {
      type: "string",
      array: true,
      coerce: toTypes,
      requiresArg: true,
      defaultDescription: "all",
      describe: "Question types, with commas between",
    })
    .option("limit", {
      type: "number",
      coerce: wholeNumber("--limit", 1),
      requiresArg: true,
      describe: "At most so many questions, drawn by the seed",
    })
    .option("frames", {
      type: "number",
      coerce: wholeNumber("--frames", 1),
      requiresArg: true,
      defaultDescription: "the preset's, 16 in the paper's",
      describe: "At most so many frames a question, spread evenly over the dataset's",
    })
    .option("max-pixels", {
      type: "number",
      coerce: wholeNumber("--max-pixels", 1),
      requiresArg: true,
      defaultDescription: "the preset's",
      describe: "Pixels that a frame is shrunk to",
    })
    .option("seed", {
      type: "number",
      default: DEFAULT_TRAIN_OPTIONS.seed as number,
      coerce: wholeNumber("--seed", 0),
      requiresArg: true,
      describe: "Decides what is drawn, the data's order and new weights",
    })
    .option("overwrite", {
      type: "boolean",
      default: false,
      describe: "Replace what vsi-train wrote to --out before",
    });
}

function toTypes(values: readonly string[]): QuestionType[] {
  return splitAtCommas(values).map((value) => {
    const type = QUESTION_TYPES.find((known) => known === value);
    if (type !== undefined) return type;
    throw new UsageError(`--types: got ${value}, expected one of ${QUESTION_TYPES.join(", ")}.`);
  });
}

/**
 * A check for a flag that takes a finite number.
 *
 * @param least the smallest that is accepted; `above` refuses the bound itself.
 * @throws UsageError from the check, naming the flag; also when the flag was given twice.
 */
export function numberFrom(flag: string, least: number, bound: "from" | "above" = "from") {
  return (value: number): number => {
    if (Number.isFinite(value) && (bound === "from" ? value >= least : value > least)) return value;
    const expected = bound === "from" ? `at least ${least}` : `above ${least}`;
    throw new UsageError(`${flag}: got ${value}, expected one number ${expected}.`);
  };
}
