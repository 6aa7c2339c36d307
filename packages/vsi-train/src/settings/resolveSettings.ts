import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { REWARDS } from "@vsi/scoring";
import { completedGiven, modelArguments } from "./givenSettings.ts";
import { worldSize } from "./launch.ts";
import type { RunSettings } from "./runSettings.ts";
import type { TrainOptions } from "./trainOptions.ts";

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
    reward: method === "grpo" ? options.reward : null,
    reward_weights: method === "grpo" ? { ...REWARDS[options.reward].weights, ...options.rewardWeights } : null,
    reward_plugin: options.rewardPlugin,
    given: Object.keys(options.given),
    resume: resume === null || resume === "latest" ? resume : resolve(resume.checkpoint),
    checks: { images: true },
    samples_every: SAMPLES.every,
    samples: SAMPLES.kept,
    adapter: options.adapter === null ? null : resolve(options.adapter),
    dry_run: false,
    measure: null,
  };
}

/**
 * The command of the reward worker: @vsi/scoring's vsi-reward, under this Node. Each training process starts its own.
 */
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
  const { batch } = options;
  // Half-precision weights under an adapter halve the memory; trained themselves they would lose small updates.
  const isHalf = options.trainer.bf16 === true && (options.lora !== null || options.adapter !== null);
  return {
    ...options.trainer,
    ...completedGiven(options.given, options.method, basename(resolve(options.out))),
    learning_rate: options.learningRate,
    per_device_train_batch_size: batch,
    gradient_accumulation_steps: options.accumulation,
    num_train_epochs: options.epochs,
    max_steps: options.steps ?? -1,
    seed: options.seed,
    save_strategy: "steps",
    save_steps: options.saveEvery,
    ...(hasHeldOut ? heldOutArguments(options) : { eval_strategy: "no" }),
    ...modelArguments(isHalf ? { dtype: "bfloat16" } : {}, options.given),
    ...(options.deepspeed === null ? {} : { deepspeed: options.deepspeed }),
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
    num_generations_eval: options.given.num_generations_eval ?? HELD_OUT_ROLLOUTS,
  };
}
