/** What every preset for GPUs tells TRL, whatever the method. */
export const GPU_TRAINER = {
  bf16: true,
  gradient_checkpointing: true,
  lr_scheduler_type: "constant",
  logging_steps: 1,
  save_total_limit: 3,
} as const;

/** Where GPU_TRAINER comes from. */
export const GPU_TRAINER_SOURCE: Readonly<Record<keyof typeof GPU_TRAINER, string>> = {
  bf16: "ours, because every GPU that holds such a model has it",
  gradient_checkpointing: "ours, because sixteen frames' activations do not fit otherwise",
  lr_scheduler_type: "ours, because the paper names no schedule, and a run that is stopped early is then no other run",
  logging_steps: "ours, because alarms look at every step",
  save_total_limit: "ours: the last checkpoints are enough to resume from",
};
