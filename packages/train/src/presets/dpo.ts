import { GPU_TRAINER, GPU_TRAINER_SOURCE } from "./gpuTrainer.ts";
import { LANGUAGE_MODEL_LORA, LANGUAGE_MODEL_LORA_SOURCE } from "./languageModelLora.ts";
import type { Preset } from "./preset.ts";
import { MAX_PIXELS, MAX_PIXELS_SOURCE } from "./visionTokens.ts";

/** The paper's second baseline; it says what the pairs are, and no setting. */
export const DPO: Preset = {
  about: "DPO of right answers over wrong ones, the paper's baseline",
  model: "Qwen/Qwen2-VL-2B-Instruct",
  methods: {
    dpo: {
      settings: {
        learningRate: 5e-6,
        epochs: 1,
        batch: 4,
        accumulation: 4,
        frames: 16,
        maxPixels: MAX_PIXELS.patch14,
        lora: LANGUAGE_MODEL_LORA,
        // DPOConfig cuts at 1,024 tokens unless told otherwise, which would cut image tokens.
        trainer: { ...GPU_TRAINER, max_length: null, beta: 0.1 },
      },
      source: {
        learningRate: "ours, because the paper gives none: a usual one for DPO with LoRA",
        epochs: "ours, because the paper gives none: as many as for GRPO",
        batch: "ours: half of SFT's, because a row holds two answers",
        accumulation: "ours: sixteen rows an update on one GPU",
        frames: "ours, as for GRPO",
        maxPixels: MAX_PIXELS_SOURCE,
        lora: LANGUAGE_MODEL_LORA_SOURCE,
        trainer: {
          ...GPU_TRAINER_SOURCE,
          max_length: "ours, because cutting a prompt would cut its image tokens",
          beta: "DPO's own paper (arXiv 2305.18290) and TRL's default",
        },
      },
    },
  },
};
