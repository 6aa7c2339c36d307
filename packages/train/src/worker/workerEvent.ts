/** Numbers by our name ("reward", "kl"); one that is not finite is kept as NaN or an infinity. */
export type Metrics = Readonly<Record<string, number>>;

/** What the trainer is, before its first step. */
export interface ReadyEvent {
  event: "ready";
  versions: Record<string, string | null>;
  device: string;
  world_size: number;
  parameters: number;
  trainable: number;
  rows: number;
  /** TRL's configuration as it resolved it. */
  config: Record<string, unknown>;
  resumed_from_step: number | null;
}

/** One optimiser step. */
export interface StepEvent {
  event: "step";
  step: number;
  /** How many steps the run will have. */
  of: number;
  seconds: number;
  /** Of these, spent in TRL's own code. */
  trainer_seconds: number;
  metrics: Metrics;
}

/** One completion and what it earned. */
export interface SampleEvent {
  event: "sample";
  step: number;
  id: string;
  prompt: string;
  completion: string;
  reward: Record<string, unknown>;
}

/** Metrics of the held-out rows after a step. */
export interface HeldOutEvent {
  event: "held_out";
  step: number;
  metrics: Metrics;
}

/** What the Python worker says on its standard output, one JSON object a line. */
export type WorkerEvent =
  | ReadyEvent
  | StepEvent
  | SampleEvent
  | HeldOutEvent
  | { event: "checks"; image_tokens: number; image_features: number; blank_logit_change: number }
  | { event: "checkpoint"; step: number; path: string }
  /** Stopped by a signal (its number), with a checkpoint. */
  | { event: "interrupted"; step: number; signal: number; path: string }
  /** `path`: the folder of the trained adapter or model. */
  | { event: "done"; step: number; path: string }
  | { event: "dry_run"; config: Record<string, unknown>; token_counts: number[] | null; reason: string | null }
  | { event: "error"; message: string };
