import { SPLIT_WORDS } from "@vsi/command/internal/program";
import { defineCommand, defineFlags } from "@vsi/command/program";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import { REWARD_NAMES, REWARDS } from "@vsi/scoring/choices";
import { DEFAULT_PRESETS, methodPreset, PRESET_NAMES, PRESETS, type PresetName } from "../settings/presets.ts";
import type { Method } from "../settings/runSettings.ts";
import { EVALUATE_FLAGS } from "./studyFlags.ts";

/** What happens when a run goes wrong. */
export const ALARM_ACTIONS = ["warn", "stop"] as const;

const DATA = "Data";
const MODEL = "Model";
const TRAINING = "Training";
const MACHINES = "Machines";
export const RUN = "Run";

/** A whole number from one that the preset decides where it is not given. @param value the default, in words */
const wholeOfPreset = <const G extends string>(group: G, value: string, describe: string) =>
  ({ type: "whole", group, from: 1, defaultText: value, describe }) as const;

/** Rows that training and describing a run share: the preset, and what a number of it is. */
export const presetRow = <const N extends PresetName>(names: readonly N[]) =>
  ({
    type: "text",
    value: "NAME",
    choices: names,
    more: names.map((name) => `${name}: ${PRESETS[name].about}`).join("; "),
  }) as const;

/** The flags that select from a dataset, the same for training and exporting. @param frames the default, in words */
export const dataFlags = (frames: string) =>
  defineFlags({
    data: {
      type: "path",
      group: DATA,
      value: "PATH",
      required: true,
      describe: "Dataset folder, as vsi-build --frames writes it, or with --frames-dir a JSONL in VSI-Bench's form",
    },
    framesDir: {
      type: "path",
      group: DATA,
      value: "FOLDER",
      rare: true,
      describe: "Frames for a JSONL: FOLDER/<dataset>/<scene_name>/*.jpg or FOLDER/<scene_name>/*.jpg",
      insteadOf: "--data names one place, and a JSONL holds no frames",
    },
    mode: {
      type: "text",
      group: DATA,
      value: "NAME",
      choices: ["vanilla", "think", "observe"],
      default: "vanilla",
      describe: "Answer at once, or after think or observe tags",
    },
    split: {
      ...SPLIT_WORDS,
      choices: ["train", "validation"],
      group: DATA,
      value: "NAME",
      default: "train",
      rare: true,
      describe: "Split to read; the test split is the benchmark's own and never trained on",
    },
    types: {
      type: "list",
      group: DATA,
      value: "A,B",
      choices: QUESTION_TYPES,
      parse: (types) => types as QuestionType[],
      defaultText: "all",
      rare: true,
      describe: "Question types",
    },
    limit: {
      type: "whole",
      group: DATA,
      from: 1,
      rare: true,
      describe: "Maximum number of questions, drawn by the seed",
    },
    frames: { ...wholeOfPreset(DATA, frames, "Maximum number of frames per question, evenly spaced"), rare: true },
    maxPixels: {
      ...wholeOfPreset(DATA, "the preset's", "Maximum number of pixels per frame; larger frames are shrunk"),
      rare: true,
    },
    seed: {
      type: "whole",
      group: DATA,
      from: 0,
      default: 0,
      rare: true,
      describe: "Random seed: what is drawn, the order of the data, new weights",
    },
  });

/** Where a command writes. */
export const OUT = { type: "path", value: "FOLDER", required: true } as const;

/** Whether it may write over its own. */
export const OVERWRITE = defineFlags({
  overwrite: { type: "boolean", group: RUN, describe: "Replace what vsi-train wrote to --out before" },
});

/** How completions are rewarded. */
export const REWARD = defineFlags({
  reward: {
    type: "text",
    group: TRAINING,
    value: "NAME",
    choices: REWARD_NAMES,
    default: "paper",
    rare: true,
    describe: "How completions are rewarded",
    more: REWARD_NAMES.map((name) => `${name}: ${REWARDS[name].about}`).join("; "),
  },
});

/** What --accumulation counts. */
export const ACCUMULATION = "Gradient accumulation steps per update";

/** What a batch counts, by method. */
const ROWS: Readonly<Record<Method, string>> = { grpo: "Completions", sft: "Answers", dpo: "Pairs of answers" };

/** What TRL calls the settings of each method. */
const CONFIG_CLASSES: Readonly<Record<Method, string>> = { grpo: "GRPOConfig", sft: "SFTConfig", dpo: "DPOConfig" };

/** Who comes from a script of TRL types its settings as flags. */
export const TRL_SETTINGS = "A setting of TRL goes behind --set: --set report_to=wandb.";

/** The flags that all three methods share; the defaults that help shows are those of the method's own preset. */
function trainFlags<M extends Method>(method: M) {
  const names = PRESET_NAMES.filter((name) => PRESETS[name].methods[method] !== undefined);
  const preset = DEFAULT_PRESETS[method];
  const { settings } = methodPreset(preset, method);
  const presets = (value: number | string): string => `the preset's, ${value} in ${preset}`;
  return defineFlags({
    preset: { ...presetRow(names), group: MODEL, defaultText: preset, describe: "Settings that go together" },
    model: {
      type: "path",
      group: MODEL,
      value: "NAME",
      defaultText: "the preset's",
      describe: "Base model: a Hugging Face name or a folder",
    },
    revision: { type: "text", group: MODEL, value: "REF", rare: true, describe: "Commit, tag or branch of the model" },
    full: { type: "boolean", group: MODEL, rare: true, describe: "Train all weights instead of an adapter" },
    loraR: { ...wholeOfPreset(MODEL, presets(settings.lora.r), "LoRA rank"), rare: true },
    loraAlpha: {
      ...wholeOfPreset(MODEL, presets(settings.lora.lora_alpha), "LoRA scaling: alpha / rank"),
      rare: true,
    },
    loraDropout: {
      type: "number",
      group: MODEL,
      from: 0,
      below: 1,
      defaultText: presets(settings.lora.lora_dropout),
      rare: true,
      describe: "LoRA dropout",
    },
    loraTargets: {
      type: "text",
      group: MODEL,
      value: "NAMES",
      defaultText: "the preset's",
      rare: true,
      describe: "Layers to adapt: last names separated by commas, or one regular expression over full names",
    },
    adapter: { type: "path", group: MODEL, value: "FOLDER", describe: "Continue training this adapter, such as SFT's" },
    ...dataFlags(presets(settings.frames)),
    steps: { type: "whole", group: TRAINING, from: 1, describe: "Number of updates; overrides --epochs" },
    epochs: {
      type: "number",
      group: TRAINING,
      above: 0,
      defaultText: presets(settings.epochs),
      describe: "Passes over the questions",
    },
    batch: wholeOfPreset(TRAINING, presets(settings.batch), `${ROWS[method]} per step and process`),
    accumulation: wholeOfPreset(TRAINING, presets(settings.accumulation), ACCUMULATION),
    learningRate: {
      type: "number",
      group: TRAINING,
      above: 0,
      defaultText: presets(settings.learningRate),
      describe: "Learning rate",
    },
    set: {
      type: "texts",
      group: TRAINING,
      value: "NAME=VALUE",
      rare: true,
      describe: "Any other setting of TRL by its own name; repeatable",
      takesOthers: TRL_SETTINGS,
      insteadOf: "--beta and the others are a few of TRL's 189 settings, which are TRL's to name and to check",
      more: `A field of TRL's ${CONFIG_CLASSES[method]}; the value is JSON or a text: loss_type=dapo, report_to=wandb, lr_scheduler_kwargs={"min_lr": 1e-7}`,
    },
    heldOut: {
      type: "whole",
      group: TRAINING,
      from: 0,
      // An accuracy of 50 % is then known to 7 points (95 %), and generating the answers takes minutes, not hours.
      default: 200,
      rare: true,
      describe: "Maximum number of validation questions to evaluate on at each checkpoint; 0 for none",
    },
    out: { ...OUT, group: RUN, describe: "Folder of the run" },
    resume: {
      type: "path",
      group: RUN,
      value: "FOLDER",
      mayBeEmpty: true,
      describe: "Continue at the newest checkpoint, or at this one",
    },
    ...OVERWRITE,
    saveEvery: {
      type: "whole",
      group: RUN,
      from: 1,
      // A run that is killed loses at most this many steps.
      default: 100,
      rare: true,
      describe: "Updates between checkpoints",
    },
    onAlarm: {
      type: "text",
      group: RUN,
      value: "ACTION",
      choices: ALARM_ACTIONS,
      default: "warn",
      rare: true,
      describe: "What to do when a run goes wrong (no variance, exploding KL, NaN and so on)",
    },
    dryRun: {
      type: "boolean",
      group: RUN,
      describe: "Show settings, first prompts, memory and command; train nothing",
    },
    ...EVALUATE_FLAGS,
    processes: {
      type: "whole",
      group: MACHINES,
      from: 1,
      defaultText: "PET_NPROC_PER_NODE, else 1",
      describe: "Training processes on this host, usually one per GPU",
    },
    hosts: {
      type: "list",
      group: MACHINES,
      value: "A,B",
      defaultText: "from PET_*, SLURM_*, NNODES and NODE_RANK, or WORLD_SIZE and RANK",
      rare: true,
      describe: "Names of all hosts, the same on each; run the same command on every one",
    },
    deepspeed: {
      type: "path",
      group: MACHINES,
      value: "NAME",
      rare: true,
      describe: "zero2, zero3, or a DeepSpeed configuration file (configuration checked, not run)",
    },
  });
}

/** The default of a setting that goes to TRL, in words. */
function fromPreset(method: Method, setting: string): string {
  const preset = DEFAULT_PRESETS[method];
  return `the preset's, ${methodPreset(preset, method).settings.trainer[setting]} in ${preset}`;
}

/** --beta, which the methods read differently. */
const betaRow = (method: Method) =>
  ({ type: "number", group: TRAINING, defaultText: fromPreset(method, "beta"), rare: true }) as const;

export const GRPO = defineCommand({
  about: "Train by GRPO: rollouts rewarded by @vsi/scoring",
  flags: {
    ...trainFlags("grpo"),
    ...REWARD,
    rewardWeights: {
      type: "list",
      group: TRAINING,
      value: "PART=N,...",
      defaultText: "the reward's own",
      rare: true,
      describe: "Weights of the reward's parts: format, accuracy, length, plugin",
      insteadOf: "--reward names the parts; how much each counts is a number a part",
    },
    rewardPlugin: {
      type: "path",
      group: TRAINING,
      value: "FILE[:NAME]",
      rare: true,
      describe: "Python file with a reward function of your own, added to --reward's",
      insteadOf: "--reward names the rewards of @vsi/scoring, which are no Python",
      more: "The function is called reward unless NAME says otherwise, and takes what TRL passes to reward functions; --reward-weights format=0,accuracy=0 uses it alone",
    },
    rollouts: {
      type: "whole",
      group: TRAINING,
      from: 2,
      defaultText: fromPreset("grpo", "num_generations"),
      rare: true,
      describe: "Completions per question",
    },
    beta: { ...betaRow("grpo"), from: 0, describe: "Weight of the KL term" },
    vllm: {
      type: "text",
      group: MACHINES,
      value: "HOW",
      mayBeEmpty: true,
      rare: true,
      describe: "Refused for now: with images, TRL 1.13 to 1.16 and vLLM do not see the same prompt (TRL issue 6294)",
    },
  },
  examples: [
    ["vsi-train grpo --data ./vsi-100k --out runs/first --dry-run", "what the paper's settings come to"],
    ["vsi-train grpo --data ./vsi-100k --out runs/8gpus --processes 8", "eight GPUs on one host"],
  ],
});

export const SFT = defineCommand({
  about: "Fine-tune on the right answers",
  flags: trainFlags("sft"),
  examples: [["vsi-train sft --data ./vsi-100k --out runs/sft", "the paper's first baseline"]],
});

export const DPO = defineCommand({
  about: "Train to prefer right answers to plausible wrong ones",
  flags: {
    ...trainFlags("dpo"),
    beta: { ...betaRow("dpo"), above: 0, describe: "How closely to stay with the reference model" },
  },
  examples: [["vsi-train dpo --data ./vsi-100k --out runs/dpo", "the paper's second baseline"]],
});
