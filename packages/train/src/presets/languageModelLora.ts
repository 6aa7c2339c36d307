import type { LoraSettings } from "../settings/runSettings.ts";

/**
 * The adapter of all presets. The paper (arXiv 2504.00883) says LoRA and no more: rank, alpha and dropout are ours. The
 * expression takes the language model's seven projections in Qwen2-VL, Qwen2.5-VL and Qwen3-VL and leaves their vision
 * towers, where Qwen2.5-VL's layers have the same last names.
 */
export const LANGUAGE_MODEL_LORA: LoraSettings = {
  r: 64,
  lora_alpha: 128,
  lora_dropout: 0.05,
  target_modules: String.raw`.*language_model.*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)`,
};

/** Where LANGUAGE_MODEL_LORA comes from. */
export const LANGUAGE_MODEL_LORA_SOURCE =
  "LoRA: the paper (arXiv 2504.00883); its shape ours, because the paper gives none: rank 64 and alpha 128 on the language model's projections, the vision tower as it was";
