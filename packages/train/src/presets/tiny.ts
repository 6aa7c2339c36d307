import { PAPER_OBJECTIVE, PAPER_OBJECTIVE_SOURCE } from "./paperGrpo.ts";
import type { MethodPreset, Preset, PresetSettings } from "./preset.ts";

/** A processor without a GPU: no half precision, and nothing to save memory for. */
const CPU_TRAINER = {
  use_cpu: true,
  bf16: false,
  gradient_checkpointing: false,
  lr_scheduler_type: "constant",
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
  learningRate: 2e-3,
  batch: 56,
  trainer: { ...PAPER_OBJECTIVE, max_completion_length: 24 },
});

/** The tiny random model of `vsi-train tiny-model`, to try everything in minutes without a GPU. */
export const TINY: Preset = {
  about: "the model of vsi-train tiny-model on a processor, to try everything out",
  model: null,
  methods: {
    grpo: { ...grpo, source: { ...grpo.source, trainer: { ...grpo.source.trainer, ...PAPER_OBJECTIVE_SOURCE } } },
    sft: tinyMethod({ learningRate: 3e-3, batch: 16, trainer: { max_length: null, completion_only_loss: true } }),
    dpo: tinyMethod({ learningRate: 1e-3, batch: 16, trainer: { max_length: null, beta: 0.1 } }),
  },
};
