import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { QuestionType } from "@vsi/dataset";
import type { AccuracyReward, RewardMode } from "@vsi/scoring";
import { type Launch, worldSize } from "./launch.ts";
import type { PresetName } from "./presets.ts";
import type { LoraSettings, Method, RunSettings } from "./runSettings.ts";

/** Whether a model's name can be one on the hub: "owner/name". What only looks like a path was meant as one. */
export function isHubName(model: string): boolean {
  return /^[\w-][\w.-]*\/[\w.-]+$/.test(model);
}

/** The files of a run that hold its rows. */
export const ROWS_FILES = { train: join("rows", "train.jsonl"), heldOut: join("rows", "held-out.jsonl") } as const;

/** Ours: often enough to watch a policy change, rare enough to read. */
const SAMPLES = { every: 10, kept: 4 } as const;

/**
 * What the Python worker is told.
 *
 * @param run the folder that this host's worker runs in: the run's own, but on further hosts a folder below it.
 * @param hasHeldOut whether there are rows to evaluate with.
 */
export function resolveSettings(options: TrainOptions, run: string, hasHeldOut: boolean): RunSettings {
  const { method, resume } = options;
  return {
    method,
    // A name like "org/model" that is also a folder here is that folder, as for transformers.
    model: existsSync(options.model) ? resolve(options.model) : options.model,
    model_revision: options.revision,
    run: resolve(run),
    rows: resolve(run, ROWS_FILES.train),
    held_out_rows: hasHeldOut ? resolve(run, ROWS_FILES.heldOut) : null,
    trainer: trainerArguments(options, hasHeldOut),
    lora: options.lora,
    pixels: { min: null, max: options.maxPixels },
    reward_command: method === "grpo" ? rewardCommand() : null,
    resume: resume === null || resume === "latest" ? resume : resolve(resume.checkpoint),
    checks: { images: true },
    samples_every: SAMPLES.every,
    samples: SAMPLES.kept,
    adapter: options.adapter === null ? null : resolve(options.adapter),
    dry_run: false,
  };
}

/** The command of the reward worker: @vsi/scoring's vsi-reward, under this Node. Each training process starts its own. */
export function rewardCommand(): string[] {
  const entry = createRequire(import.meta.url).resolve("@vsi/scoring");
  return [process.execPath, join(dirname(entry), "..", "bin", "vsi-reward.js")];
}

/** TRL compares at least two completions of a held-out question; two are enough for a mean over many questions. */
const HELD_OUT_ROLLOUTS = 2;

/**
 * The keyword arguments of TRL's configuration.
 *
 * @param hasHeldOut whether there are rows to evaluate with.
 */
export function trainerArguments(options: TrainOptions, hasHeldOut: boolean): Record<string, unknown> {
  const { batch, vllm } = options;
  return {
    ...options.trainer,
    learning_rate: options.learningRate,
    per_device_train_batch_size: batch,
    gradient_accumulation_steps: options.accumulation,
    num_train_epochs: options.epochs,
    max_steps: options.steps ?? -1,
    seed: options.seed,
    save_strategy: "steps",
    save_steps: options.saveEvery,
    ...(hasHeldOut ? heldOutArguments(options) : { eval_strategy: "no" }),
    // Half-precision weights under an adapter halve the memory; trained themselves they would lose small updates.
    ...(options.trainer.bf16 === true && (options.lora !== null || options.adapter !== null)
      ? { model_init_kwargs: { dtype: "bfloat16" } }
      : {}),
    ...(options.deepspeed === null ? {} : { deepspeed: options.deepspeed }),
    ...(vllm === null ? {} : { use_vllm: true, vllm_mode: vllm.mode }),
    ...(vllm?.mode === "server" && vllm.url !== null ? { vllm_server_base_url: vllm.url } : {}),
  };
}

function heldOutArguments(options: TrainOptions): Record<string, unknown> {
  const { batch, launch, saveEvery } = options;
  const common = { eval_strategy: "steps", eval_steps: saveEvery, per_device_eval_batch_size: batch };
  if (options.method !== "grpo") return common;
  // TRL wants whole groups here too.
  const isWhole = (batch * worldSize(launch)) % HELD_OUT_ROLLOUTS === 0;
  return {
    ...common,
    per_device_eval_batch_size: isWhole ? batch : batch + 1,
    num_generations_eval: HELD_OUT_ROLLOUTS,
  };
}

/** vLLM on the training GPUs, or as a server of its own ("server" alone: where TRL looks by default). */
export type VllmChoice = { mode: "colocate" } | { mode: "server"; url: string | null };

/** Where a run goes on: not at all, at its newest complete checkpoint, or at a checkpoint's folder. */
export type ResumeChoice = null | "latest" | { checkpoint: string };

/** What a run is to do: the flags, completed by the preset. */
export interface TrainOptions {
  method: Method;
  preset: PresetName;
  /** A hub's name or a local folder. */
  model: string;
  revision: string | null;
  /** The dataset folder. */
  data: string;
  /** The run's folder. */
  out: string;
  mode: RewardMode;
  /** How GRPO pays for numbers. */
  reward: AccuracyReward;
  split: "train" | "validation";
  types: readonly QuestionType[] | null;
  limit: number | null;
  /** At most so many held-out questions from data/validation.jsonl; 0 for none. */
  heldOut: number;
  frames: number;
  maxPixels: number;
  lora: LoraSettings | null;
  adapter: string | null;
  batch: number;
  accumulation: number;
  learningRate: number;
  /** Exactly one of the two decides; steps goes before. */
  epochs: number;
  steps: number | null;
  saveEvery: number;
  seed: number;
  /** TRL's other keyword arguments: the preset's, with what the flags say in their place. */
  trainer: Readonly<Record<string, number | string | boolean | null>>;
  vllm: VllmChoice | null;
  /** A DeepSpeed configuration file. */
  deepspeed: string | null;
  launch: Launch;
  resume: ResumeChoice;
  overwrite: boolean;
}

/** What holds for every preset unless a flag says otherwise. */
export const DEFAULT_TRAIN_OPTIONS = {
  mode: "vanilla",
  reward: "paper",
  split: "train",
  // Ours: an accuracy of 50 % is then known to 7 points (95 %), and generating the answers takes minutes, not hours.
  heldOut: 200,
  // Ours: a run that is killed loses at most so many steps.
  saveEvery: 100,
  seed: 0,
  processes: 1,
} as const satisfies Partial<TrainOptions> & { processes: number };
