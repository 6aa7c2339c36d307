import { PAPER_OBJECTIVE, PAPER_OBJECTIVE_SOURCE } from "./paperGrpo.ts";
import type { MethodPreset, Preset, PresetSettings } from "./preset.ts";

/** A processor without a GPU: no half precision, and nothing to save memory for. */
const CPU_TRAINER = {
  use_cpu: true,
  bf16: false,
  gradient_checkpointing: false,
  logging_steps: 1,
  save_total_limit: 3,
} as const;

const OURS = "ours, for a model of 0.7 million weights on two processor cores";

/** All of a tiny preset is ours but the objective. */
function tinyMethod(own: Pick<PresetSettings, "learningRate" | "batch" | "trainer">): MethodPreset {
  const trainer = { ...CPU_TRAINER, ...own.trainer };
  return {
    settings: {
      learningRate: own.learningRate,
      epochs: 1,
      batch: own.batch,
      accumulation: 1,
      frames: 4,
      // Four patches of 14 pixels a side: what the tiny model's vision tower was made for.
      maxPixels: 56 * 56,
      lora: {
        r: 16,
        lora_alpha: 32,
        lora_dropout: 0,
        target_modules: ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
      },
      trainer,
    },
    source: {
      learningRate: OURS,
      epochs: OURS,
      batch: OURS,
      accumulation: OURS,
      frames: OURS,
      maxPixels: OURS,
      lora: OURS,
      trainer: { ...Object.fromEntries(Object.keys(trainer).map((name) => [name, OURS])) },
    },
  };
}

const grpo = tinyMethod({
  learningRate: 2e-4,
  batch: 128,
  trainer: { ...PAPER_OBJECTIVE, num_generations: 8, max_completion_length: 8, lr_scheduler_type: "linear" },
});

/** Where GRPO's settings come from: the paper, but where this preset says something else. */
const GRPO_SOURCE = {
  ...grpo.source.trainer,
  ...PAPER_OBJECTIVE_SOURCE,
  num_generations: `${OURS}: sixteen questions of 8 rollouts a step were tried, the paper's 14 were not`,
  max_completion_length: `${OURS}: a number or two words, without reasoning`,
};

/** The tiny random model of `vsi-train tiny-model`, to try everything in minutes without a GPU. */
export const TINY: Preset = {
  about: "the model of vsi-train tiny-model on a processor, to try everything out",
  model: null,
  methods: {
    grpo: { ...grpo, source: { ...grpo.source, trainer: GRPO_SOURCE } },
    sft: tinyMethod({
      learningRate: 1e-3,
      batch: 64,
      trainer: {
        max_length: null,
        completion_only_loss: true,
        lr_scheduler_type: "constant_with_warmup",
        warmup_steps: 20,
      },
    }),
    dpo: tinyMethod({
      learningRate: 1e-3,
      batch: 16,
      trainer: { max_length: null, beta: 0.1, lr_scheduler_type: "constant" },
    }),
  },
};
