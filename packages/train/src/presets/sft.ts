import { GPU_TRAINER, GPU_TRAINER_SOURCE } from "./gpuTrainer.ts";
import { LANGUAGE_MODEL_LORA, LANGUAGE_MODEL_LORA_SOURCE } from "./languageModelLora.ts";
import type { Preset } from "./preset.ts";
import { MAX_PIXELS, MAX_PIXELS_SOURCE } from "./visionTokens.ts";

/** The paper's first baseline; it says that there is one, and no setting of it. */
export const SFT: Preset = {
  about: "SFT on the right answers, the paper's baseline",
  model: "Qwen/Qwen2-VL-2B-Instruct",
  methods: {
    sft: {
      settings: {
        learningRate: 1e-4,
        epochs: 1,
        batch: 8,
        accumulation: 2,
        frames: 16,
        maxPixels: MAX_PIXELS.patch14,
        lora: LANGUAGE_MODEL_LORA,
        // SFTConfig cuts at 1,024 tokens unless told otherwise, which would cut image tokens.
        trainer: { ...GPU_TRAINER, max_length: null, completion_only_loss: true },
      },
      source: {
        learningRate: "ours, because the paper gives none: a usual one for LoRA",
        epochs: "ours, because the paper gives none: as many as for GRPO",
        batch: "ours: fits a GPU of 80 GB",
        accumulation: "ours: sixteen rows an update on one GPU",
        frames: "ours, as for GRPO",
        maxPixels: MAX_PIXELS_SOURCE,
        lora: LANGUAGE_MODEL_LORA_SOURCE,
        trainer: {
          ...GPU_TRAINER_SOURCE,
          max_length: "ours, because cutting a prompt would cut its image tokens",
          completion_only_loss: "ours: the answer is to be learned, not the question",
        },
      },
    },
  },
};
