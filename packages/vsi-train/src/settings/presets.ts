import type { LoraSettings, Method } from "./runSettings.ts";

/** What a preset decides for one method; every flag of the command takes precedence. */
export interface PresetSettings {
  learningRate: number;
  epochs: number;
  /** Rows (for GRPO: completions) per step and process. */
  batch: number;
  /** Steps whose gradients are added up before one update. */
  accumulation: number;
  /** Maximum number of frames per question. */
  frames: number;
  /** Pixels that a frame is shrunk to. */
  maxPixels: number;
  lora: LoraSettings;
  /** All other settings for TRL, by TRL's own names. */
  trainer: Readonly<Record<string, number | string | boolean | null>>;
}

/** Where each setting comes from: the paper, or "ours, because ...". */
export type PresetSources = Readonly<
  Record<Exclude<keyof PresetSettings, "trainer">, string> & { trainer: Readonly<Record<string, string>> }
>;

/** The settings of one way to train, with the source of each. */
export interface MethodPreset {
  settings: PresetSettings;
  source: PresetSources;
}

/** Settings that go together, under one name. */
export interface Preset {
  /** One line for --help. */
  about: string;
  /** A hub name; null where --model is required. */
  model: string | null;
  /** The methods it is for. */
  methods: Readonly<Partial<Record<Method, MethodPreset>>>;
}

/**
 * Pixels of a frame that make 128 tokens: Qwen2-VL and Qwen2.5-VL merge patches of 14 pixels two by two, Qwen3-VL of
 * 16.
 */
export const MAX_PIXELS = { patch14: 128 * 28 * 28, patch16: 128 * 32 * 32 } as const;

/** Where MAX_PIXELS comes from. */
const MAX_PIXELS_SOURCE =
  "ours, because the paper gives none: 128 tokens a frame make sixteen frames a prompt of about 2,100";

/**
 * The adapter of all presets. The paper (arXiv 2504.00883) only says LoRA: rank, alpha and dropout are ours. The
 * expression takes the language model's seven projections in Qwen2-VL, Qwen2.5-VL and Qwen3-VL and leaves their vision
 * towers, where Qwen2.5-VL's layers have the same last names.
 */
const LANGUAGE_MODEL_LORA: LoraSettings = {
  r: 64,
  lora_alpha: 128,
  lora_dropout: 0.05,
  target_modules: String.raw`.*language_model.*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)`,
};

/** Where LANGUAGE_MODEL_LORA comes from. */
const LANGUAGE_MODEL_LORA_SOURCE =
  "LoRA: the paper (arXiv 2504.00883); its shape ours, because the paper gives none: rank 64 and alpha 128 on the language model's projections, the vision tower as it was";

/** What every preset for GPUs tells TRL, whatever the method. */
const GPU_TRAINER = {
  bf16: true,
  gradient_checkpointing: true,
  lr_scheduler_type: "constant",
  logging_steps: 1,
  save_total_limit: 3,
  dataloader_num_workers: 2,
} as const;

/** Where GPU_TRAINER comes from. */
const GPU_TRAINER_SOURCE: Readonly<Record<keyof typeof GPU_TRAINER, string>> = {
  bf16: "ours, because every GPU that holds such a model has it",
  gradient_checkpointing: "ours, because sixteen frames' activations do not fit otherwise",
  lr_scheduler_type: "ours, because the paper names no schedule, and a run that is stopped early is then no other run",
  logging_steps: "ours, because alarms look at every step",
  save_total_limit: "ours: the last checkpoints are enough to resume from",
  dataloader_num_workers: "ours: frames are decoded while the GPU works on the step before",
};

const PAPER = "arXiv 2504.00883v2, vsGRPO's settings";
const OBJECTIVE = "arXiv 2504.00883v2, GRPO's objective";

/**
 * vsGRPO's objective in TRL's terms. TRL's own defaults differ: loss_type dapo, beta 0, bias-corrected KL. Remaining
 * deviations have no option; they are listed in python/vsi_trainer/grpo.py and PAPERS.md.
 */
const PAPER_OBJECTIVE = {
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
const PAPER_OBJECTIVE_SOURCE: Readonly<Record<keyof typeof PAPER_OBJECTIVE, string>> = {
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

/**
 * vsGRPO of one model: the paper's settings with the model's own learning rate and batch. @param own with the learning
 * rate's source.
 */
function vsgrpo(
  own: Pick<PresetSettings, "learningRate" | "batch" | "accumulation" | "maxPixels"> & {
    about: string;
    model: string;
    source: string;
  },
): Preset {
  const { about, model, source, ...settings } = own;
  const grpo: MethodPreset = {
    settings: {
      ...settings,
      epochs: 1,
      frames: 16,
      lora: LANGUAGE_MODEL_LORA,
      trainer: { ...GPU_TRAINER, ...PAPER_OBJECTIVE, max_completion_length: 512 },
    },
    source: {
      learningRate: source,
      maxPixels: MAX_PIXELS_SOURCE,
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
  return { about, model, methods: { grpo } };
}

/** A CPU: no half precision, and no need to save memory. */
const CPU_TRAINER = {
  use_cpu: true,
  bf16: false,
  gradient_checkpointing: false,
  logging_steps: 1,
  save_total_limit: 3,
} as const;

const OURS = "ours, for a model of 0.7 million weights on two CPU cores";

/** Everything in a tiny preset except the objective is ours. */
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

const TINY_GRPO = tinyMethod({
  learningRate: 2e-4,
  batch: 128,
  trainer: { ...PAPER_OBJECTIVE, num_generations: 8, max_completion_length: 8, lr_scheduler_type: "linear" },
});

/** Where TINY_GRPO comes from: the paper, but where this preset says something else. */
const TINY_GRPO_SOURCE = {
  ...TINY_GRPO.source.trainer,
  ...PAPER_OBJECTIVE_SOURCE,
  num_generations: `${OURS}: sixteen questions of 8 rollouts a step were tried, the paper's 14 were not`,
  max_completion_length: `${OURS}: a number or two words, without reasoning`,
};

/** The table of all presets, in the order in which --help lists them. */
const TABLE = {
  "vsgrpo-2b": vsgrpo({
    about: "vsGRPO of Qwen2-VL-2B, the paper's settings",
    model: "Qwen/Qwen2-VL-2B-Instruct",
    learningRate: 1e-5,
    batch: 14,
    accumulation: 1,
    maxPixels: MAX_PIXELS.patch14,
    source: "arXiv 2504.00883v2, vsGRPO's settings for 2B",
  }),
  "vsgrpo-7b": vsgrpo({
    about: "vsGRPO of Qwen2-VL-7B, the paper's settings",
    model: "Qwen/Qwen2-VL-7B-Instruct",
    learningRate: 5e-6,
    batch: 7,
    accumulation: 2,
    maxPixels: MAX_PIXELS.patch14,
    source: "arXiv 2504.00883v2, vsGRPO's settings for 7B",
  }),
  // The paper's first baseline; the paper gives no settings for it.
  sft: {
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
  },
  // The paper's second baseline; the paper describes the pairs but gives no settings.
  dpo: {
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
  },
  // The tiny random model of `vsi-train tiny-model`, to try everything in minutes without a GPU.
  tiny: {
    about: "the model of vsi-train tiny-model on the CPU, to try everything out",
    model: null,
    methods: {
      grpo: { ...TINY_GRPO, source: { ...TINY_GRPO.source, trainer: TINY_GRPO_SOURCE } },
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
  },
  "qwen2.5-vl-3b": vsgrpo({
    about: "vsGRPO's settings for Qwen2.5-VL-3B (not in the paper)",
    model: "Qwen/Qwen2.5-VL-3B-Instruct",
    learningRate: 1e-5,
    batch: 14,
    accumulation: 1,
    maxPixels: MAX_PIXELS.patch14,
    source: "ours, because the paper has no such model: its 2B's",
  }),
  "qwen2.5-vl-7b": vsgrpo({
    about: "vsGRPO's settings for Qwen2.5-VL-7B (not in the paper)",
    model: "Qwen/Qwen2.5-VL-7B-Instruct",
    learningRate: 5e-6,
    batch: 7,
    accumulation: 2,
    maxPixels: MAX_PIXELS.patch14,
    source: "ours, because the paper has no such model: its 7B's",
  }),
  "qwen3-vl-2b": vsgrpo({
    about: "vsGRPO's settings for Qwen3-VL-2B (not in the paper)",
    model: "Qwen/Qwen3-VL-2B-Instruct",
    learningRate: 1e-5,
    batch: 14,
    accumulation: 1,
    maxPixels: MAX_PIXELS.patch16,
    source: "ours, because the paper has no such model: its 2B's",
  }),
  "qwen3-vl-4b": vsgrpo({
    about: "vsGRPO's settings for Qwen3-VL-4B (not in the paper)",
    model: "Qwen/Qwen3-VL-4B-Instruct",
    learningRate: 1e-5,
    batch: 7,
    accumulation: 2,
    maxPixels: MAX_PIXELS.patch16,
    source: "ours, because the paper has no such model: its 2B's",
  }),
  "qwen3-vl-8b": vsgrpo({
    about: "vsGRPO's settings for Qwen3-VL-8B (not in the paper)",
    model: "Qwen/Qwen3-VL-8B-Instruct",
    learningRate: 5e-6,
    batch: 7,
    accumulation: 2,
    maxPixels: MAX_PIXELS.patch16,
    source: "ours, because the paper has no such model: its 7B's",
  }),
} satisfies Record<string, Preset>;

/** One of PRESET_NAMES. */
export type PresetName = keyof typeof TABLE;

/** The presets by name. */
export const PRESETS: Readonly<Record<PresetName, Preset>> = TABLE;

/** The names of the presets, as --preset takes them. */
export const PRESET_NAMES = Object.keys(TABLE) as readonly PresetName[];

/** The preset of a method where none is named. */
export const DEFAULT_PRESETS: Readonly<Record<Method, PresetName>> = { grpo: "vsgrpo-2b", sft: "sft", dpo: "dpo" };

/** What a preset decides for a method. @throws RangeError for a method that it is not for: --preset refuses those. */
export function methodPreset(name: PresetName, method: Method): MethodPreset {
  const preset = PRESETS[name].methods[method];
  if (preset === undefined) throw new RangeError(`the preset ${name} is not for ${method}`);
  return preset;
}
