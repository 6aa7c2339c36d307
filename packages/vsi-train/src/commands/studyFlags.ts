import { defineCommand, defineFlags } from "@vsi/command/program";
import { checkStudyName } from "../study/shippedStudies.ts";

/** A command or flag that came after 0.2 has none to extend. */
const NEW_COMMAND = "the command is new; there, --data and --out mean what they mean elsewhere";

/** How the model of a cell or a run is served while it is evaluated. */
const SERVE = {
  type: "text",
  value: "COMMAND",
  defaultText: "vllm serve where vllm is on the PATH, else transformers serve with the trainer's Python",
  rare: true,
  describe: "Server for evaluation, with {model} and {port}",
  more: 'An OpenAI-compatible server on this machine that answers /health or /v1/models, such as "vllm serve {model} --port {port} --max-model-len 8192"; it is asked for the model by its folder or hub name, and ended afterwards',
} as const;

/** `vsi-train sft|dpo|grpo`: the model is evaluated once it is trained. */
export const EVALUATE_FLAGS = defineFlags({
  evaluate: {
    type: "path",
    group: "Run",
    value: "PATH",
    rare: true,
    describe: "Then serve the model and evaluate it on this benchmark or dataset folder, by vsi-eval",
    insteadOf: "--held-out takes questions of the same dataset and gives rewards, not a benchmark's scores",
  },
  evaluateFrames: {
    type: "path",
    group: "Run",
    value: "FOLDER",
    needs: "evaluate",
    rare: true,
    describe: "Frames of a benchmark that is no dataset folder",
    insteadOf: "--frames-dir holds the frames of what is trained on",
  },
  serve: { ...SERVE, group: "Run", needs: "evaluate", insteadOf: "--evaluate is what to ask, not how to serve" },
});

export const STUDY = defineCommand({
  about: "Train, serve and evaluate the cells of a table, such as the paper's",
  arguments: {
    study: { describe: "paper, tiny, or a study file (JSON or YAML; docs/studies.md)", check: checkStudyName },
  },
  flags: {
    data: { type: "path", value: "PATH", required: true, insteadOf: NEW_COMMAND, describe: "Dataset to train on" },
    model: {
      type: "text",
      value: "NAME",
      required: true,
      insteadOf: NEW_COMMAND,
      describe: "Base model: a Hugging Face name or a folder; {seed} in it stands for a cell's seed",
    },
    benchmark: {
      type: "path",
      value: "PATH",
      required: true,
      insteadOf: "--data is what is trained on",
      describe: "What every cell is evaluated on: VSI-Bench's records, or a dataset folder",
    },
    framesDir: {
      type: "path",
      value: "FOLDER",
      defaultText: "frames/ of the dataset folder",
      insteadOf: NEW_COMMAND,
      describe: "Frames of the benchmark's scenes",
    },
    out: {
      type: "path",
      value: "FOLDER",
      required: true,
      insteadOf: NEW_COMMAND,
      describe: "Folder of the study; the same command goes on where it was stopped",
    },
    only: {
      type: "list",
      value: "CELL,CELL",
      insteadOf: "--out holds all cells; this chooses some, and the trainings that they start from",
      describe: "Only these cells, and what they start from",
    },
    seeds: {
      type: "list",
      value: "N,N",
      insteadOf: "--seed is one seed; a study's cells have several",
      describe: "Only these seeds of each cell",
    },
    serve: { ...SERVE, insteadOf: "--model is what to serve, not how" },
    measured: {
      type: "paths",
      value: "FILE,FILE",
      needs: "dryRun",
      rare: true,
      insteadOf: "--dry-run measures where there is a GPU; these were measured elsewhere",
      describe: "What vsi-train measure --json printed, for the hours of --dry-run",
    },
    dryRun: {
      type: "boolean",
      insteadOf: NEW_COMMAND,
      describe: "Show each cell, what it would run, what is done, and its hours; run nothing",
    },
  },
  examples: [
    [
      "vsi-train study paper --data ./vsi-100k --model Qwen/Qwen2-VL-2B-Instruct --benchmark test.jsonl --frames-dir ./frames --out ./study --dry-run",
      "what the paper's table would take",
    ],
    [
      "vsi-train study mine.yaml --data ./vsi-100k --model ./tiny --benchmark ./vsi-bench --out ./study",
      "a study of your own",
    ],
  ],
});
