import { UsageError } from "@vsi/command";
import type { QuestionType } from "@vsi/dataset";
import { countOf, shownJson } from "@vsi/dataset/internal";
import type { RewardMode, RewardName, RewardWeights } from "@vsi/scoring";
import type { GivenSettings } from "./givenSettings.ts";
import { type Launch, worldSize } from "./launch.ts";
import { methodPreset, type PresetName } from "./presets.ts";
import type { LoraSettings, Method } from "./runSettings.ts";

/** Where a run goes on: not at all, at its newest complete checkpoint, or at a checkpoint's folder. */
export type ResumeChoice = null | "latest" | { checkpoint: string };

/** A reward function of the user's own. */
export interface RewardPlugin {
  /** Absolute path of a Python file. */
  file: string;
  /** Of the function. */
  name: string;
  /** Of the file's content: 64 hex digits. */
  sha256: string;
  /** What its rewards are multiplied by; 1 where it is left out. */
  weight?: number;
}

/** What a run does: the flags, completed by the preset. */
export interface TrainOptions {
  method: Method;
  preset: PresetName;
  /** A hub's name or a local folder. */
  model: string;
  revision: string | null;
  /** The dataset folder, or with `framesDir` a JSONL in VSI-Bench's form. */
  data: string;
  /** Frames of such a JSONL's scenes; null for a dataset folder, which has its own. */
  framesDir: string | null;
  /** The run's folder. */
  out: string;
  mode: RewardMode;
  /** What GRPO pays, and the weights of its parts that are not its own; null for none. */
  reward: RewardName;
  rewardWeights: Partial<RewardWeights> | null;
  split: "train" | "validation";
  types: readonly QuestionType[] | null;
  limit: number | null;
  /** Maximum number of held-out questions from data/validation.jsonl; 0 for none. */
  heldOut: number;
  frames: number;
  maxPixels: number;
  lora: LoraSettings | null;
  adapter: string | null;
  batch: number;
  accumulation: number;
  learningRate: number;
  /** How long to train; steps takes precedence. */
  epochs: number;
  steps: number | null;
  saveEvery: number;
  seed: number;
  /** TRL's other keyword arguments: the preset's, with what the flags and `given` say in their place. */
  trainer: Readonly<Record<string, unknown>>;
  /** What --set says, by TRL's own names. */
  given: GivenSettings;
  /** A Python file whose function rewards completions too, with the function's name; null for none. */
  rewardPlugin: RewardPlugin | null;
  /** A DeepSpeed configuration file. */
  deepspeed: string | null;
  launch: Launch;
  resume: ResumeChoice;
  overwrite: boolean;
}

/** What decides how long a step takes, besides preset and method. */
export interface StepShape {
  batch: number;
  accumulation: number;
  frames: number;
  "max-pixels": number;
  /** Whether every weight is trained. */
  full: boolean;
  /** TRL's settings that are not the preset's, by their own names: longer completions, fewer rollouts, no reference. */
  set: Readonly<Record<string, unknown>>;
}

/** Settings that are about reports, schedules and checkpoints, and leave a step as it is. */
const OUTSIDE_STEPS =
  /^(report_to|run_name|project|trackio|push_to_hub|hub_|log_|logging_|eval_|num_generations_eval|save_|lr_scheduler|warmup_|data_seed)/;

/** By the flags' names. */
export function stepShape(options: TrainOptions): StepShape {
  const { preset, method, batch, accumulation, frames, maxPixels, lora, adapter, trainer } = options;
  const { settings } = methodPreset(preset, method);
  const own = Object.entries(trainer)
    .filter(([name, value]) => {
      return !OUTSIDE_STEPS.test(name) && shownJson(value) !== shownJson(settings.trainer[name] ?? null);
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const full = lora === null && adapter === null;
  return { batch, accumulation, frames, "max-pixels": maxPixels, full, set: Object.fromEntries(own) };
}

/** How a run's rows become steps. */
export interface StepPlan {
  /** Completions, for GRPO, or rows that a step takes on all processes together. */
  perStep: number;
  /** Questions that a step takes; null but for GRPO, where each has `rollouts` completions. */
  questions: number | null;
  rollouts: number | null;
  /** Updates of the whole run. */
  steps: number;
}

/**
 * What a step takes, and how many there are. TRL (1.13, RepeatSampler) leaves out the questions of an epoch that fill no
 * generation any more, and trains on what was generated once num_iterations times; SFT and DPO take a last, smaller step.
 */
export function planSteps(options: TrainOptions, rows: number): StepPlan {
  const { batch, accumulation, epochs, launch, method, trainer } = options;
  const perStep = batch * accumulation * worldSize(launch);
  const rollouts = method === "grpo" ? Number(trainer.num_generations) : null;
  const perEpoch =
    rollouts === null
      ? Math.ceil(rows / perStep)
      : Math.floor((rows * rollouts) / perStep) * Number(trainer.num_iterations ?? 1);
  const steps = options.steps ?? Math.ceil(perEpoch * epochs);
  return { perStep, questions: rollouts === null ? null : perStep / rollouts, rollouts, steps };
}

/**
 * A generation takes whole questions: of fewer than it needs TRL (1.13) makes no step, and a run ends as if it were done.
 *
 * @returns what a step needs, null where the rows are enough.
 */
export function missingRows(options: TrainOptions, rows: number): string | null {
  const { perStep, questions } = planSteps(options, rows);
  if (questions === null || rows >= questions) return null;
  return `got ${countOf(rows, "question")} to train on, expected at least ${questions}: a step has ${perStep} completions. Lower --batch, --accumulation or --processes, or give more questions (--limit, --types).`;
}

/** @throws UsageError for rows that make no step. */
export function checkRows(options: TrainOptions, rows: number): void {
  const missing = missingRows(options, rows);
  if (missing !== null) throw new UsageError(missing);
}

/** Whether a model's name can be one on the hub: "owner/name". Whatever looks like a path is taken for one. */
export function isHubName(model: string): boolean {
  return /^[\w-][\w.-]*\/[\w.-]+$/.test(model);
}

/**
 * GRPO compares the completions of one question: a step has to hold whole groups.
 *
 * @throws UsageError with the batch as it is, and what would fit.
 */
export function checkBatch(step: { batch: number; accumulation: number; processes: number; rollouts: number }): void {
  const { batch, accumulation, processes, rollouts } = step;
  const completions = batch * accumulation * processes;
  if (completions % rollouts === 0) return;
  const fitting = rollouts / greatestCommonDivisor(batch * processes, rollouts);
  throw new UsageError(
    `--batch ${batch} x --accumulation ${accumulation} x --processes ${processes} = ${completions} completions per step, ` +
      `expected a multiple of --rollouts ${rollouts}: a question's group must stay whole. ` +
      `--accumulation ${fitting} (or a multiple of it) fits, or --batch ${rollouts}.`,
  );
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
