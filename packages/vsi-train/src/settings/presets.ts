import {
  DPO,
  MAX_PIXELS,
  MAX_PIXELS_SOURCE,
  type MethodPreset,
  PAPER_OBJECTIVE,
  PAPER_OBJECTIVE_SOURCE,
  type Preset,
  type PresetSettings,
  paperGrpo,
  SFT,
} from "./paperPresets.ts";
import type { Method } from "./runSettings.ts";

/** vsGRPO of Qwen2-VL-2B, the paper's settings */
const VSGRPO_2B: Preset = {
  about: "vsGRPO of Qwen2-VL-2B, the paper's settings",
  model: "Qwen/Qwen2-VL-2B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 1e-5, batch: 14, accumulation: 1, maxPixels: MAX_PIXELS.patch14 },
      {
        learningRate: "arXiv 2504.00883v2, vsGRPO's settings for 2B",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};

/** vsGRPO of Qwen2-VL-7B, the paper's settings */
const VSGRPO_7B: Preset = {
  about: "vsGRPO of Qwen2-VL-7B, the paper's settings",
  model: "Qwen/Qwen2-VL-7B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 5e-6, batch: 7, accumulation: 2, maxPixels: MAX_PIXELS.patch14 },
      {
        learningRate: "arXiv 2504.00883v2, vsGRPO's settings for 7B",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};

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

/** vsGRPO's settings for Qwen2.5-VL-3B (not in the paper) */
const QWEN25_VL_3B: Preset = {
  about: "vsGRPO's settings for Qwen2.5-VL-3B (not in the paper)",
  model: "Qwen/Qwen2.5-VL-3B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 1e-5, batch: 14, accumulation: 1, maxPixels: MAX_PIXELS.patch14 },
      {
        learningRate: "ours, because the paper has no such model: its 2B's",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};

/** vsGRPO's settings for Qwen2.5-VL-7B (not in the paper) */
const QWEN25_VL_7B: Preset = {
  about: "vsGRPO's settings for Qwen2.5-VL-7B (not in the paper)",
  model: "Qwen/Qwen2.5-VL-7B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 5e-6, batch: 7, accumulation: 2, maxPixels: MAX_PIXELS.patch14 },
      {
        learningRate: "ours, because the paper has no such model: its 7B's",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};

/** vsGRPO's settings for Qwen3-VL-2B (not in the paper) */
const QWEN3_VL_2B: Preset = {
  about: "vsGRPO's settings for Qwen3-VL-2B (not in the paper)",
  model: "Qwen/Qwen3-VL-2B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 1e-5, batch: 14, accumulation: 1, maxPixels: MAX_PIXELS.patch16 },
      {
        learningRate: "ours, because the paper has no such model: its 2B's",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};

/** vsGRPO's settings for Qwen3-VL-4B (not in the paper) */
const QWEN3_VL_4B: Preset = {
  about: "vsGRPO's settings for Qwen3-VL-4B (not in the paper)",
  model: "Qwen/Qwen3-VL-4B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 1e-5, batch: 7, accumulation: 2, maxPixels: MAX_PIXELS.patch16 },
      {
        learningRate: "ours, because the paper has no such model: its 2B's",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};

/** vsGRPO's settings for Qwen3-VL-8B (not in the paper) */
const QWEN3_VL_8B: Preset = {
  about: "vsGRPO's settings for Qwen3-VL-8B (not in the paper)",
  model: "Qwen/Qwen3-VL-8B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 5e-6, batch: 7, accumulation: 2, maxPixels: MAX_PIXELS.patch16 },
      {
        learningRate: "ours, because the paper has no such model: its 7B's",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};

/** The names of the presets, as --preset takes them. */
export const PRESET_NAMES = [
  "vsgrpo-2b",
  "vsgrpo-7b",
  "sft",
  "dpo",
  "tiny",
  "qwen2.5-vl-3b",
  "qwen2.5-vl-7b",
  "qwen3-vl-2b",
  "qwen3-vl-4b",
  "qwen3-vl-8b",
] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  "vsgrpo-2b": VSGRPO_2B,
  "vsgrpo-7b": VSGRPO_7B,
  sft: SFT,
  dpo: DPO,
  tiny: TINY,
  "qwen2.5-vl-3b": QWEN25_VL_3B,
  "qwen2.5-vl-7b": QWEN25_VL_7B,
  "qwen3-vl-2b": QWEN3_VL_2B,
  "qwen3-vl-4b": QWEN3_VL_4B,
  "qwen3-vl-8b": QWEN3_VL_8B,
};

/** The preset of a method where none is named. */
export const DEFAULT_PRESETS: Readonly<Record<Method, PresetName>> = { grpo: "vsgrpo-2b", sft: "sft", dpo: "dpo" };
