import { GPU_TRAINER, GPU_TRAINER_SOURCE } from "./gpuTrainer.ts";
import { LANGUAGE_MODEL_LORA, LANGUAGE_MODEL_LORA_SOURCE } from "./languageModelLora.ts";
import type { MethodPreset, PresetSettings } from "./preset.ts";

const PAPER = "arXiv 2504.00883v2, vsGRPO's settings";
const OBJECTIVE = "arXiv 2504.00883v2, GRPO's objective";

/**
 * vsGRPO's objective in TRL's terms. TRL's own defaults are another: loss_type dapo, beta 0, a KL corrected for bias.
 * What still deviates has no option and stands in python/vsi_trainer/grpo.py and PAPERS.md.
 */
export const PAPER_OBJECTIVE = {
  num_generations: 14,
  temperature: 1,
  beta: 1e-4,
  epsilon: 0.2,
  loss_type: "grpo",
  scale_rewards: "group",
  use_bias_correction_kl: false,
  num_iterations: 1,
  importance_sampling_level: "token",
} as const;

/** Where PAPER_OBJECTIVE comes from. */
export const PAPER_OBJECTIVE_SOURCE: Readonly<Record<keyof typeof PAPER_OBJECTIVE, string>> = {
  num_generations: `${PAPER}: 14 rollouts a question`,
  temperature: PAPER,
  beta: `${PAPER}; with 0 the format reward collapses`,
  epsilon: "ours, because the paper writes epsilon without a number: 0.2 is PPO's (arXiv 1707.06347) and TRL's",
  loss_type: `${OBJECTIVE}: a mean over each completion, then over the group`,
  scale_rewards: `${OBJECTIVE}: advantages are divided by the group's standard deviation`,
  use_bias_correction_kl: `${OBJECTIVE}: KL is pi_ref/pi - log(pi_ref/pi) - 1 alone`,
  num_iterations: "ours, because the paper names none: one update a batch is TRL's default",
  importance_sampling_level:
    "ours, because the paper writes one ratio for each completion and no more: a token's, as in GRPO's own paper (arXiv 2402.03300) and TRL's default",
};

/** A preset of vsGRPO: the paper's settings with a model's own learning rate and batch. */
export function paperGrpo(
  own: Pick<PresetSettings, "learningRate" | "batch" | "accumulation" | "maxPixels">,
  source: Record<"learningRate" | "maxPixels", string>,
): MethodPreset {
  return {
    settings: {
      ...own,
      epochs: 1,
      frames: 16,
      lora: LANGUAGE_MODEL_LORA,
      trainer: { ...GPU_TRAINER, ...PAPER_OBJECTIVE, max_completion_length: 512 },
    },
    source: {
      ...source,
      epochs: "ours, because the paper gives GPU hours (120 for 2B) and no epochs",
      batch: "ours: with accumulation a multiple of 14 completions on one process, so any number of processes fits",
      accumulation: "ours: with batch a multiple of 14 completions on one process",
      frames: "ours, because the paper gives none for training; 16 is a usual number for VSI-Bench",
      lora: LANGUAGE_MODEL_LORA_SOURCE,
      trainer: {
        ...GPU_TRAINER_SOURCE,
        ...PAPER_OBJECTIVE_SOURCE,
        max_completion_length:
          "ours, because the paper gives none: room for reasoning; vanilla answers end long before",
      },
    },
  };
}
