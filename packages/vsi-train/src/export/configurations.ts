import type { TrainingRow } from "../rows/rows.ts";
import { DEFAULT_PRESETS, methodPreset, PRESETS } from "../settings/presets.ts";
import type { Method } from "../settings/runSettings.ts";
import type { ExportFormat } from "./formats.ts";

/** What a trainer's configuration depends on. */
export interface ConfigurationOptions {
  format: ExportFormat;
  method: Method;
  /** The greatest number of frames of a row, and of pixels of a frame. */
  frames: number;
  maxPixels: number;
  /** Characters of the longest prompt. */
  longestText: number;
  /** Whether rows are held out. */
  hasHeldOut: boolean;
  /** Whether images are named relative to the export's folder. */
  hasRelativePaths: boolean;
}

/** What a trainer reads besides the rows: settings without which its own defaults would cut or drop them. */
interface Configuration {
  name: string;
  text: string;
}

/** The configuration of the preset that the method has by default, in a trainer's own terms; null where it needs none. */
export function configurationOf(options: ConfigurationOptions, templates: { verl: string }): Configuration | null {
  switch (options.format) {
    case "llamafactory":
      return { name: "llamafactory.yaml", text: llamaFactoryYaml(options) };
    case "ms-swift":
      return { name: "ms_swift.sh", text: msSwiftScript(options) };
    case "easyr1":
      return { name: "easyr1.yaml", text: easyR1Yaml(options) };
    case "verl":
      return { name: "verl_grpo.sh", text: verlScript(options, templates.verl) };
    default:
      return null;
  }
}

/** The names that configurationOf may give. */
export const CONFIGURATION_FILES = ["llamafactory.yaml", "ms_swift.sh", "easyr1.yaml", "verl_grpo.sh"] as const;

/** Pixels behind a token of Qwen2-VL and Qwen2.5-VL: patches of 14 merged two by two. Qwen3-VL's tokens are larger. */
const TOKEN_PIXELS = 28 * 28;

/**
 * EasyR1 and LLaMA-Factory shrink a frame to the limit and round its sides to multiples of 28 afterwards, up or down: at
 * 256 tokens a side of 16 may come out as 17. Smaller frames round worse.
 */
const ROUNDING = 1.15;

/** Tokens that stand around each image. */
const AROUND_IMAGE = 2;

/** Characters behind a token at least: English has about four, names and numbers fewer. */
const CHARACTERS_PER_TOKEN = 2;

/** Of the chat template: system message and turns. */
const TEMPLATE_TOKENS = 64;

/** Tokens that every prompt fits into, rounded up to a multiple of 256. */
export function promptLength({
  frames,
  maxPixels,
  longestText,
}: Pick<ConfigurationOptions, "frames" | "maxPixels" | "longestText">): number {
  const perFrame = Math.ceil((maxPixels / TOKEN_PIXELS) * ROUNDING) + AROUND_IMAGE;
  const tokens = frames * perFrame + Math.ceil(longestText / CHARACTERS_PER_TOKEN) + TEMPLATE_TOKENS;
  return Math.ceil(tokens / 256) * 256;
}

/** The rows' figures that a configuration depends on. */
export function measureRows(rows: readonly TrainingRow[]): Pick<ConfigurationOptions, "frames" | "longestText"> {
  let [frames, longestText] = [0, 0];
  for (const { images, prompt } of rows) {
    frames = Math.max(frames, images.length);
    longestText = Math.max(longestText, prompt[0].content.length);
  }
  return { frames, longestText };
}

/** Room for the answer where it is part of the row: reasoning of a sentence or two. */
const ANSWER_TOKENS = 512;

function presetOf(method: Method) {
  const name = DEFAULT_PRESETS[method];
  return { ...methodPreset(name, method).settings, model: String(PRESETS[name].model) };
}

/** https://llamafactory.readthedocs.io: dataset_dir and media_dir are relative to where it is started. */
function llamaFactoryYaml(options: ConfigurationOptions): string {
  const { method, maxPixels, hasHeldOut } = options;
  const { model, lora, batch, accumulation, learningRate, epochs, trainer } = presetOf(method);
  return `# llamafactory-cli train llamafactory.yaml, started in this folder. Configuration checked, not run.
model_name_or_path: ${model}
template: qwen2_vl
stage: ${method}
do_train: true
${method === "dpo" ? `pref_loss: sigmoid\npref_beta: ${trainer.beta}\n` : ""}finetuning_type: lora
lora_rank: ${lora.r}
lora_alpha: ${lora.lora_alpha}
lora_dropout: ${lora.lora_dropout}
# With the vision tower frozen, "all" is the language model's layers alone.
lora_target: all
freeze_vision_tower: true
freeze_multi_modal_projector: true

dataset_dir: .
media_dir: .
dataset: vsi_train
${hasHeldOut ? "eval_dataset: vsi_validation\neval_strategy: steps\neval_steps: 100\n" : ""}# Frames are shrunk to this; a longer row would be cut, image tokens too.
image_max_pixels: ${maxPixels}
image_min_pixels: 784
cutoff_len: ${promptLength(options) + ANSWER_TOKENS}

per_device_train_batch_size: ${batch}
gradient_accumulation_steps: ${accumulation}
learning_rate: ${learningRate}
num_train_epochs: ${epochs}
lr_scheduler_type: constant
bf16: true
logging_steps: 1
save_steps: 100
output_dir: ./llamafactory
`;
}

/** ms-swift's "Command-line parameters" page: max_pixels shrinks every image before the model's own limits. */
function msSwiftScript(options: ConfigurationOptions): string {
  const { method, maxPixels, hasHeldOut, hasRelativePaths } = options;
  const { model, lora, batch, accumulation, learningRate, epochs, trainer } = presetOf(method);
  const own: Readonly<Record<Method, readonly string[]>> = {
    sft: ["sft"],
    dpo: ["rlhf", "--rlhf_type dpo", `--beta ${trainer.beta}`],
    grpo: [
      "rlhf",
      "--rlhf_type grpo",
      '--external_plugins "$here/vsi_reward.py"',
      "--reward_funcs vsi",
      `--num_generations ${trainer.num_generations}`,
      `--temperature ${trainer.temperature}`,
      `--beta ${trainer.beta}`,
      `--epsilon ${trainer.epsilon}`,
      `--loss_type ${trainer.loss_type}`,
      `--max_completion_length ${trainer.max_completion_length}`,
    ],
  };
  const length = promptLength(options) + (method === "grpo" ? 0 : ANSWER_TOKENS);
  const words = [
    ...own[method],
    `--model "\${MODEL:-${model}}"`,
    '--dataset "$here/train.jsonl"',
    ...(hasHeldOut ? ['--val_dataset "$here/validation.jsonl"'] : ["--split_dataset_ratio 0"]),
    `--max_pixels ${maxPixels}`,
    `--max_length ${length}`,
    // In ms-swift 4, tuner_type was train_type before.
    "--tuner_type lora",
    `--lora_rank ${lora.r}`,
    `--lora_alpha ${lora.lora_alpha}`,
    `--lora_dropout ${lora.lora_dropout}`,
    "--target_modules all-linear",
    "--freeze_vit true",
    "--freeze_aligner true",
    "--torch_dtype bfloat16",
    `--per_device_train_batch_size ${batch}`,
    // GRPO wants whole groups here too.
    `--per_device_eval_batch_size ${batch}`,
    `--gradient_accumulation_steps ${accumulation}`,
    `--learning_rate ${learningRate}`,
    `--num_train_epochs ${epochs}`,
    "--lr_scheduler_type constant",
    "--logging_steps 1",
    "--save_steps 100",
    '--output_dir "$here/ms-swift"',
    '"$@"',
  ];
  return `#!/usr/bin/env bash
# The preset ${DEFAULT_PRESETS[method]} for ms-swift 4; what follows goes to swift as it is. Configuration checked, not run.
# On several GPUs: NPROC_PER_NODE=8 bash ms_swift.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# Qwen's own limits, which are wider by default.
export MAX_PIXELS=${maxPixels}
${hasRelativePaths ? 'export ROOT_IMAGE_DIR="$here"\n' : ""}
swift ${words.join(" \\\n    ")}
`;
}

/** EasyR1's examples/config.yaml, each setting that its rows or the paper decide; EasyR1's own defaults fill the rest. */
function easyR1Yaml(options: ConfigurationOptions): string {
  const { maxPixels, frames, hasHeldOut, hasRelativePaths } = options;
  const { model, trainer } = presetOf("grpo");
  return `# python3 -m verl.trainer.main config=easyr1.yaml, started in this folder. Configuration checked, not run.
# Every process needs vsi-reward on its PATH, or VSI_REWARD_COMMAND.
data:
  train_files: ./train.jsonl
  val_files: ${hasHeldOut ? "./validation.jsonl" : "./train.jsonl"}
  prompt_key: problem
  answer_key: answer
  image_key: images
  image_dir: ${hasRelativePaths ? "." : "null"}
  # The mode's sentence is in the prompt already.
  format_prompt: null
  # EasyR1's own limits are 262144 to 4194304 pixels and 2048 tokens: it would enlarge the frames and leave out every row.
  min_pixels: 784
  max_pixels: ${maxPixels}
  max_prompt_length: ${promptLength(options)}
  max_response_length: ${trainer.max_completion_length}
  filter_overlong_prompts: true
  rollout_batch_size: 64
  val_batch_size: 64
  shuffle: true
  seed: 0

algorithm:
  adv_estimator: grpo
  disable_kl: false
  use_kl_loss: true
  kl_penalty: low_var_kl
  kl_coef: ${trainer.beta}

worker:
  actor:
    global_batch_size: 64
    micro_batch_size_per_device_for_update: 1
    micro_batch_size_per_device_for_experience: 2
    max_grad_norm: 1.0
    # The paper's objective: EasyR1's own clips at 0.3 above, and weighs answers by their length.
    clip_ratio_low: ${trainer.epsilon}
    clip_ratio_high: ${trainer.epsilon}
    loss_avg_mode: seq
    model:
      model_path: ${model}
      enable_gradient_checkpointing: true
      freeze_vision_tower: true
    optim:
      # Every weight of the language model is trained here: the paper's 1e-5 is an adapter's.
      lr: 1.0e-6
    fsdp:
      enable_full_shard: true
    offload:
      offload_params: true
      offload_optimizer: true
  rollout:
    n: ${trainer.num_generations}
    temperature: ${trainer.temperature}
    top_p: 1.0
    limit_images: ${frames}
    # Prompt and answer must fit into it: with many frames EasyR1's 8192 is too few.
    max_num_batched_tokens: ${Math.max(8192, promptLength(options) + Number(trainer.max_completion_length))}
    gpu_memory_utilization: 0.5
    tensor_parallel_size: 1
  reward:
    reward_function: ./vsi_reward.py:compute_score

trainer:
  total_epochs: 1
  project_name: vsi
  experiment_name: vsgrpo
  logger: ["console"]
  nnodes: 1
  n_gpus_per_node: 8
  val_freq: ${hasHeldOut ? 100 : -1}
  val_before_train: false
  save_freq: 100
  save_limit: 3
`;
}

/** The length that stands in the script of plugins/. */
const TEMPLATE_LENGTH = "data.max_prompt_length=4096";

function verlScript(options: ConfigurationOptions, template: string): string {
  if (!template.includes(TEMPLATE_LENGTH)) throw new RangeError(`verl_grpo.sh has no ${TEMPLATE_LENGTH}`);
  return template.replace(TEMPLATE_LENGTH, `data.max_prompt_length=${promptLength(options)}`);
}
