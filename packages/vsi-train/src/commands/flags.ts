import { defineCommand, defineFlags, SPLIT_WORDS } from "@vsi/command/program";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import { REWARD_NAMES, REWARDS } from "@vsi/scoring/choices";
import { EXPORT_FORMATS } from "../export/formats.ts";
import { DEFAULT_PRESETS, methodPreset, PRESET_NAMES, PRESETS } from "../settings/presets.ts";
import { METHODS, type Method } from "../settings/runSettings.ts";
import { EVALUATE_FLAGS } from "./studyFlags.ts";

/** What happens when a run goes wrong. */
export const ALARM_ACTIONS = ["warn", "stop"] as const;

const DATA = "Data";
const MODEL = "Model";
const TRAINING = "Training";
const MACHINES = "Machines";
const RUN = "Run";

/** The flags that select from a dataset, the same for training and exporting. @param frames the default, in words */
const dataFlags = (frames: string) =>
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
      describe: "Frames of a JSONL: FOLDER/<dataset>/<scene_name>/*.jpg or FOLDER/<scene_name>/*.jpg",
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
    frames: {
      type: "whole",
      group: DATA,
      from: 1,
      defaultText: frames,
      rare: true,
      describe: "Maximum number of frames per question, evenly spaced",
    },
    maxPixels: {
      type: "whole",
      group: DATA,
      from: 1,
      defaultText: "the preset's",
      rare: true,
      describe: "Maximum number of pixels per frame; larger frames are shrunk",
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
const OUT = { type: "path", group: RUN, value: "FOLDER", required: true } as const;

const OVERWRITE = defineFlags({
  overwrite: { type: "boolean", group: RUN, describe: "Replace what vsi-train wrote to --out before" },
});

/** What a completion is paid. */
const REWARD = defineFlags({
  reward: {
    type: "text",
    group: TRAINING,
    value: "NAME",
    choices: REWARD_NAMES,
    default: "paper",
    rare: true,
    describe: "What a completion is paid",
    more: REWARD_NAMES.map((name) => `${name}: ${REWARDS[name].about}`).join("; "),
  },
});

/** What a batch counts, by method. */
const ROWS: Readonly<Record<Method, string>> = { grpo: "Completions", sft: "Answers", dpo: "Pairs of answers" };

/** What TRL calls the settings of each method. */
const CONFIG_CLASSES: Readonly<Record<Method, string>> = { grpo: "GRPOConfig", sft: "SFTConfig", dpo: "DPOConfig" };

/** The flags that all three methods share; the defaults that help shows are those of the method's own preset. */
function trainFlags<M extends Method>(method: M) {
  const names = PRESET_NAMES.filter((name) => PRESETS[name].methods[method] !== undefined);
  const preset = DEFAULT_PRESETS[method];
  const { settings } = methodPreset(preset, method);
  const presets = (value: number | string): string => `the preset's, ${value} in ${preset}`;
  return defineFlags({
    preset: {
      type: "text",
      group: MODEL,
      value: "NAME",
      choices: names,
      defaultText: preset,
      describe: "Settings that go together",
      more: names.map((name) => `${name}: ${PRESETS[name].about}`).join("; "),
    },
    model: {
      type: "path",
      group: MODEL,
      value: "NAME",
      defaultText: "the preset's",
      describe: "Base model: a Hugging Face name or a folder",
    },
    revision: { type: "text", group: MODEL, value: "REF", rare: true, describe: "Commit, tag or branch of the model" },
    full: { type: "boolean", group: MODEL, rare: true, describe: "Train all weights instead of an adapter" },
    loraR: {
      type: "whole",
      group: MODEL,
      from: 1,
      defaultText: presets(settings.lora.r),
      rare: true,
      describe: "LoRA rank",
    },
    loraAlpha: {
      type: "whole",
      group: MODEL,
      from: 1,
      defaultText: presets(settings.lora.lora_alpha),
      rare: true,
      describe: "LoRA scaling: alpha / rank",
    },
    loraDropout: {
      type: "number",
      group: MODEL,
      from: 0,
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
    steps: { type: "whole", group: TRAINING, from: 1, describe: "Number of updates; takes the place of --epochs" },
    epochs: {
      type: "number",
      group: TRAINING,
      above: 0,
      defaultText: presets(settings.epochs),
      describe: "Passes over the questions",
    },
    batch: {
      type: "whole",
      group: TRAINING,
      from: 1,
      defaultText: presets(settings.batch),
      describe: `${ROWS[method]} per step and process`,
    },
    accumulation: {
      type: "whole",
      group: TRAINING,
      from: 1,
      defaultText: presets(settings.accumulation),
      describe: "Gradient accumulation steps per update",
    },
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
      describe: "Any other setting of TRL by its own name, several times",
      insteadOf: "--beta and the others are a few of TRL's 189 settings, which are TRL's to name and to check",
      more: `a field of TRL's ${CONFIG_CLASSES[method]}; the value is JSON or a text: loss_type=dapo, report_to=wandb, lr_scheduler_kwargs={"min_lr": 1e-7}`,
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
    out: { ...OUT, describe: "Folder of the run" },
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
      describe: "Weights of the reward's parts: format, accuracy, length",
      insteadOf: "--reward names the parts; how much each counts is a number a part",
    },
    rewardPlugin: {
      type: "path",
      group: TRAINING,
      value: "FILE[:NAME]",
      rare: true,
      describe: "Python file with a reward function of your own, added to --reward's",
      insteadOf: "--reward names the rewards of @vsi/scoring, which are no Python",
      more: "called as TRL calls reward functions, named reward unless NAME says otherwise; --reward-weights format=0,accuracy=0 pays it alone",
    },
    rollouts: {
      type: "whole",
      group: TRAINING,
      from: 2,
      defaultText: fromPreset("grpo", "num_generations"),
      rare: true,
      describe: "Completions per question",
    },
    beta: {
      type: "number",
      group: TRAINING,
      from: 0,
      defaultText: fromPreset("grpo", "beta"),
      rare: true,
      describe: "Weight of the KL term",
    },
    vllm: {
      type: "text",
      group: MACHINES,
      value: "HOW",
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
    beta: {
      type: "number",
      group: TRAINING,
      above: 0,
      defaultText: fromPreset("dpo", "beta"),
      rare: true,
      describe: "How closely to stay with the reference model",
    },
  },
  examples: [["vsi-train dpo --data ./vsi-100k --out runs/dpo", "the paper's second baseline"]],
});

export const EXPORT = defineCommand({
  about: "Write a dataset in another trainer's format",
  flags: {
    ...dataFlags("the preset's, 16 in the paper's"),
    ...REWARD,
    format: {
      type: "text",
      group: RUN,
      value: "NAME",
      choices: EXPORT_FORMATS,
      required: true,
      describe: "The trainer",
    },
    method: {
      type: "text",
      group: RUN,
      value: "NAME",
      choices: METHODS,
      defaultText: "grpo; sft for llamafactory",
      describe: "What the rows are for",
    },
    relativePaths: {
      type: "boolean",
      group: RUN,
      rare: true,
      describe: "Name images relative to --out, for folders that move together",
      insteadOf: "--out says where the rows go, not what they call the images",
    },
    out: { ...OUT, describe: "Folder to write" },
    ...OVERWRITE,
  },
  examples: [
    [
      "vsi-train export --format verl --data ./vsi-100k --out ./verl",
      "Parquet, reward function and configuration for a Ray cluster",
    ],
  ],
});

export const SETUP = defineCommand({
  about: "Make the Python environment for training, in your cache folder",
  flags: {
    cpu: { type: "boolean", describe: "Make a separate environment for machines without a GPU" },
    uv: { type: "boolean", describe: "Install with uv instead of pip" },
    python: { type: "path", value: "PATH", defaultText: "python3 on the PATH", describe: "Python to make it with" },
    dryRun: { type: "boolean", describe: "Only say what would be done" },
  },
});

export const DOCTOR = defineCommand({
  about: "Say what is installed, what is missing, and what to type",
  flags: {
    data: { type: "path", value: "FOLDER", describe: "Also check this dataset folder" },
    model: { type: "path", value: "NAME", describe: "Also look for this model: a Hugging Face name or a folder" },
  },
});

export const REPORT = defineCommand({
  about: "Draw the curves, samples and settings of runs as one HTML file",
  arguments: { runs: { many: true, describe: "Folders of runs" } },
  flags: {
    out: {
      type: "path",
      value: "FILE",
      defaultText: "report.html in the first run's folder",
      describe: "HTML file to write",
    },
    overwrite: { type: "boolean", describe: "Replace the file, whoever wrote it" },
  },
});

/** A command that came after 0.2 has no flags to extend. */
const NEW_COMMAND = "the command is new: --out and --overwrite mean what they mean elsewhere";

export const MERGE = defineCommand({
  about: "Merge a run's adapter into its base model",
  arguments: { run: { describe: "Folder of a run, an adapter or a checkpoint" } },
  flags: {
    out: {
      type: "path",
      value: "FOLDER",
      required: true,
      describe: "Folder of the merged model",
      insteadOf: NEW_COMMAND,
    },
    overwrite: {
      type: "boolean",
      describe: "Replace a model that vsi-train merge wrote to --out before",
      insteadOf: NEW_COMMAND,
    },
  },
  examples: [["vsi-train merge runs/vsgrpo-2b --out ./vsgrpo-2b", "a model that every server takes"]],
});

/** Why flags of `measure` are there: it describes a run that is not started. */
const THE_SAME =
  "the flag of this name of grpo, sft and dpo: a new command has to take it as well; there, --dry-run starts nothing";

export const MEASURE = defineCommand({
  about: "Run a few steps with random weights of a preset's true shape: seconds, memory and hours, before a download",
  flags: {
    preset: {
      type: "text",
      value: "NAME",
      choices: PRESET_NAMES,
      default: "vsgrpo-2b",
      insteadOf: THE_SAME,
      describe: "The preset to measure",
      more: PRESET_NAMES.map((name) => `${name}: ${PRESETS[name].about}`).join("; "),
    },
    method: {
      type: "text",
      value: "NAME",
      choices: METHODS,
      defaultText: "the preset's",
      insteadOf: "--preset: a name of several methods, tiny, does not say which",
      describe: "For tiny, the method",
    },
    steps: {
      type: "whole",
      from: 2,
      default: 3,
      insteadOf: THE_SAME,
      describe: "Steps to run; the first warms up and is not counted",
    },
    batch: { type: "whole", from: 1, defaultText: "the preset's", insteadOf: THE_SAME, describe: "Rows per step" },
    accumulation: {
      type: "whole",
      from: 1,
      defaultText: "the preset's",
      insteadOf: THE_SAME,
      describe: "Gradient accumulation steps per update",
    },
    frames: {
      type: "whole",
      from: 1,
      defaultText: "the preset's",
      insteadOf: THE_SAME,
      describe: "Frames per question",
    },
    maxPixels: {
      type: "whole",
      from: 1,
      defaultText: "the preset's",
      insteadOf: THE_SAME,
      describe: "Pixels that a frame is shrunk to",
    },
    frameSize: {
      type: "text",
      value: "WxH",
      default: "640x480",
      insteadOf: "--max-pixels is the size after shrinking; decoding depends on the size before",
      describe: "Size of the frames on disk",
    },
    questions: {
      type: "whole",
      from: 1,
      default: 100_000,
      insteadOf: "--limit draws from a dataset; here there is none",
      describe: "Questions of the run whose hours are projected",
    },
    processes: {
      type: "whole",
      from: 1,
      default: 1,
      insteadOf: THE_SAME,
      describe: "Processes of that run, one per GPU",
    },
  },
  examples: [
    ["vsi-train measure --preset vsgrpo-2b --processes 8", "what the paper's run would cost on eight such GPUs"],
    ["vsi-train measure --preset tiny", "a minute on a CPU: shows that everything runs"],
  ],
});

export const TINY_MODEL = defineCommand({
  about: "Make a tiny random Qwen2-VL, to try everything without a GPU",
  flags: {
    out: { type: "path", value: "FOLDER", required: true, describe: "Folder of the model" },
    seed: {
      type: "whole",
      from: 0,
      default: 0,
      describe: "Random seed of the weights; the same seed gives the same bytes",
    },
  },
  examples: [
    ["vsi-train tiny-model --out ./tiny", "then:"],
    ["vsi-train grpo --preset tiny --model ./tiny --data ./vsi-100k --out runs/tiny", "minutes on a CPU"],
  ],
});
