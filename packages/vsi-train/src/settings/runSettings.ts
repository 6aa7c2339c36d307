import type { RewardName, RewardWeights } from "@vsi/scoring";

/** The ways to train. */
export const METHODS = ["grpo", "sft", "dpo"] as const;
/** One of METHODS. */
export type Method = (typeof METHODS)[number];

/** A low-rank adapter in peft's own words (LoraConfig). */
export interface LoraSettings {
  r: number;
  lora_alpha: number;
  lora_dropout: number;
  /** Names of layers, or one regular expression over their full names. */
  target_modules: string | string[];
}

/** Where a run keeps what the worker was told. */
export const WORKER_SETTINGS = "worker.json";

/** worker.json: everything the Python worker is told. Paths are absolute. */
export interface RunSettings {
  method: Method;
  /** A hub name or a local folder. */
  model: string;
  model_revision: string | null;
  /** The run's folder. */
  run: string;
  /** JSONL of TrainingRow. */
  rows: string;
  held_out_rows: string | null;
  /** Keyword arguments of TRL's GRPOConfig, SFTConfig or DPOConfig, as they are. */
  trainer: Record<string, unknown>;
  /** Null trains every weight, or goes on with `adapter`. */
  lora: LoraSettings | null;
  /** Limits of an image's pixels after the processor's resizing; null leaves the processor's own. */
  pixels: { min: number | null; max: number | null };
  /** The reward worker's command; null where no rewards are needed. */
  reward_command: string[] | null;
  /** The reward and the weights of its parts, for the record: each row has them too. Null where no rewards are needed. */
  reward: RewardName | null;
  reward_weights: RewardWeights | null;
  /** A reward function of the user's own, whose rewards are added. */
  reward_plugin: { file: string; name: string; sha256: string; weight?: number } | null;
  /** The names in `trainer` that --set gave; the worker checks them against TRL's class. */
  given: string[];
  /** Null, "latest" or a checkpoint's folder. */
  resume: string | null;
  checks: { images: boolean };
  /** Steps between samples of completions, and how many are kept. */
  samples_every: number;
  samples: number;
  /** An adapter to start from. */
  adapter: string | null;
  dry_run: boolean;
  /** Only measure some steps, with random weights and frames; null for a run. */
  measure: { steps: number; questions: number; frames: number; frame_size: [number, number] } | null;
}
