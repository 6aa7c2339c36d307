import { defineCommand } from "@vsi/command/program";
import { EXPORT_FORMATS } from "../export/formats.ts";
import { PRESET_NAMES } from "../settings/presets.ts";
import { METHODS } from "../settings/runSettings.ts";
import { ACCUMULATION, dataFlags, OUT, OVERWRITE, presetRow, REWARD, RUN, TRL_SETTINGS } from "./trainingFlags.ts";

/** Which method the rows or the steps are for. */
const METHOD = { type: "text", value: "NAME", choices: METHODS } as const;

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
    method: { ...METHOD, group: RUN, defaultText: "grpo; sft for llamafactory", describe: "What the rows are for" },
    relativePaths: {
      type: "boolean",
      group: RUN,
      rare: true,
      describe: "Name images relative to --out, for folders that move together",
      insteadOf: "--out says where the rows go, not what they call the images",
    },
    out: { ...OUT, group: RUN, describe: "Folder to write" },
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
    out: { ...OUT, describe: "Folder of the merged model", insteadOf: NEW_COMMAND },
    overwrite: {
      type: "boolean",
      describe: "Replace a model that vsi-train merge wrote to --out before",
      insteadOf: NEW_COMMAND,
    },
  },
  examples: [["vsi-train merge runs/vsgrpo-2b --out ./vsgrpo-2b", "a model that needs no adapter to be served"]],
});

/** Why flags of `measure` are there: it describes a run that is not started. */
const THE_SAME =
  "the flag of this name of grpo, sft and dpo: a new command has to take it as well; there, --dry-run starts nothing";

/** A whole number that the preset decides where it is not given. */
const measured = (describe: string) =>
  ({ type: "whole", from: 1, defaultText: "the preset's", insteadOf: THE_SAME, describe }) as const;

export const MEASURE = defineCommand({
  about: "Run a few steps with random weights of a preset's true shape: seconds, memory and hours, before a download",
  flags: {
    preset: {
      ...presetRow(PRESET_NAMES),
      default: "vsgrpo-2b",
      insteadOf: THE_SAME,
      describe: "The preset to measure",
    },
    method: {
      ...METHOD,
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
    batch: measured("Rows per step"),
    accumulation: measured(ACCUMULATION),
    frames: measured("Frames per question"),
    maxPixels: measured("Pixels that a frame is shrunk to"),
    full: { type: "boolean", insteadOf: THE_SAME, describe: "Train all weights instead of an adapter" },
    set: {
      type: "texts",
      value: "NAME=VALUE",
      insteadOf: THE_SAME,
      describe:
        "Another setting of TRL by its own name, such as max_completion_length=256 or num_generations=8; repeatable",
      takesOthers: TRL_SETTINGS,
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
    out: { ...OUT, describe: "Folder of the model" },
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
