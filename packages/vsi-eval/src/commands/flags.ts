import { SPLIT_WORDS } from "@vsi/command/internal/program";
import { defineCommand, defineFlags, UsageError } from "@vsi/command/program";
import { READER_NAMES } from "@vsi/scoring/choices";
import { BENCHMARK_SUBSETS } from "../subsets.ts";

/** How a model is asked to answer: at once, after thinking, or after describing what it sees (arXiv 2504.00883). */
export const ANSWER_MODES = ["vanilla", "think", "observe"] as const;

/** Whose wording asks for the answer: the paper's at evaluation, or the one its training used. */
export const PROMPT_SETS = ["evaluation", "training", "revsi"] as const;

/** Qwen2-VL's image tokens are 28 x 28 pixels: a frame of whole tokens is not resized again by its processor. */
export const TOKEN_SIDE = 28;

const ONE_SPLIT = "a score must not mix held-out rooms with those trained on";

/** Null for test, or validation where there is no test. */
const SPLIT = defineFlags({
  split: {
    ...SPLIT_WORDS,
    choices: ["train", "validation", "test"],
    notTaken: { all: ONE_SPLIT },
    value: "NAME",
    defaultText: "test, or validation where there is no test",
    describe: `Split of a dataset folder; only one, since ${ONE_SPLIT}`,
  },
});

/** Part of a published benchmark. */
const SUBSET = defineFlags({
  subset: {
    type: "text",
    choices: BENCHMARK_SUBSETS,
    value: "NAME",
    onRecord: true,
    describe: "Only VSI-Bench-Debiased, what it leaves out (pruned), or ReVSI's questions for a number of frames",
    insteadOf: "--split names a file of a dataset folder; these are parts of one file",
  },
});

const DATA =
  "VSI-Bench's, VSTI-Bench's or ReVSI's records (JSONL, JSON, Parquet, a Hugging Face folder), or a dataset folder of vsi-build";
const SERVER = "Server";
const PROMPT = "Prompt";
const RUN_GROUP = "Run";

export const RUN = defineCommand({
  about: "Ask an OpenAI-compatible server a benchmark's questions, with the frames as images",
  flags: {
    model: {
      type: "text",
      group: SERVER,
      value: "NAME",
      required: true,
      onRecord: true,
      describe: "The model's name, as the server lists it",
    },
    baseUrl: {
      type: "text",
      group: SERVER,
      value: "URL",
      required: true,
      parse: checkBaseUrl,
      takes: "the address of an OpenAI-compatible server, such as http://localhost:8000/v1",
      onRecord: true,
      describe: "OpenAI-compatible server, up to and including /v1",
    },
    apiKeyEnv: {
      type: "text",
      group: SERVER,
      value: "NAME",
      defaultText: "OPENAI_API_KEY",
      rare: true,
      describe: "Environment variable that holds the API key, which is never written anywhere",
    },
    data: { type: "path", value: "PATH", required: true, describe: DATA },
    ...SPLIT,
    ...SUBSET,
    limit: {
      type: "whole",
      from: 1,
      describe: "Ask only the first N questions; --resume with a higher limit continues",
    },
    framesDir: {
      type: "path",
      value: "FOLDER",
      defaultText: "frames/ of the dataset folder",
      rare: true,
      describe: "Frames: FOLDER/<dataset>/<scene_name>/*.jpg or FOLDER/<scene_name>/*.jpg; or videos, <scene_name>.mp4",
    },
    out: {
      type: "path",
      value: "FOLDER",
      defaultText: "runs/eval-MODEL",
      describe: "Where the answers, settings and predictions go",
    },
    mode: {
      type: "text",
      group: PROMPT,
      value: "NAME",
      choices: ANSWER_MODES,
      default: "vanilla",
      onRecord: true,
      describe: "Answer at once, after thinking, or after describing the video",
    },
    prompts: {
      type: "text",
      group: PROMPT,
      value: "NAME",
      choices: PROMPT_SETS,
      default: "evaluation",
      onRecord: true,
      describe: "The benchmark's wording for evaluation (ReVSI's for its questions), or training's (with tags)",
    },
    frames: {
      type: "whole",
      group: PROMPT,
      from: 1,
      default: 16,
      onRecord: true,
      describe: "Maximum number of frames per scene, evenly spaced; a question's own list of frames takes precedence",
    },
    withoutFrames: {
      type: "boolean",
      group: PROMPT,
      describe: "Send the questions alone: what the model guesses without looking",
      insteadOf: "--frames is how many, from 1; a run without any is another kind of run",
    },
    shuffledFrames: {
      type: "boolean",
      group: PROMPT,
      describe: "Send each question's frames in another order",
      insteadOf: "--frames is how many; this is in which order",
    },
    framesOfOtherRooms: {
      type: "boolean",
      group: PROMPT,
      describe: "Send as many frames from another room",
      insteadOf: "--frames-dir holds every room's frames; this is whose are sent",
    },
    framesSeed: {
      type: "whole",
      group: PROMPT,
      from: 0,
      default: 0,
      needs: ["shuffledFrames", "framesOfOtherRooms"],
      rare: true,
      describe: "Random seed: the order of shuffled frames, the choice of other rooms",
      insteadOf: "--seed is sent to the server",
    },
    maxPixels: {
      type: "whole",
      group: PROMPT,
      from: TOKEN_SIDE * TOKEN_SIDE,
      // 128 tokens a frame for Qwen2-VL, so that 32 frames fit a context of 8,192.
      default: 128 * TOKEN_SIDE * TOKEN_SIDE,
      onRecord: true,
      rare: true,
      describe: `Maximum width times height of a frame; sides are multiples of ${TOKEN_SIDE}`,
    },
    maxTokens: {
      type: "whole",
      group: PROMPT,
      from: 1,
      // Room for some 700 words of thinking; short answers end by themselves.
      default: 1024,
      onRecord: true,
      rare: true,
      describe: "Maximum number of tokens per answer",
    },
    temperature: {
      type: "number",
      group: PROMPT,
      from: 0,
      to: 2,
      default: 0,
      onRecord: true,
      rare: true,
      describe: "0 always takes the likeliest token; above 0 answers vary from run to run",
    },
    seed: {
      type: "whole",
      group: PROMPT,
      from: 0,
      onRecord: true,
      rare: true,
      describe: "Random seed sent with every question, for servers that honour it",
    },
    concurrency: {
      type: "whole",
      group: RUN_GROUP,
      from: 1,
      default: 8,
      describe: "Questions in flight at the same time",
    },
    timeout: {
      type: "whole",
      group: RUN_GROUP,
      from: 1,
      default: 300,
      rare: true,
      describe: "Seconds to wait for an answer",
    },
    retries: {
      type: "whole",
      group: RUN_GROUP,
      from: 0,
      default: 5,
      rare: true,
      describe: "Retries after a busy server, a dropped connection or a broken answer",
    },
    allowDroppedImages: {
      type: "boolean",
      group: RUN_GROUP,
      rare: true,
      describe: "Continue even if the model does not seem to see the images",
    },
    resume: { type: "boolean", group: RUN_GROUP, describe: "Continue a run that was interrupted" },
    overwrite: { type: "boolean", group: RUN_GROUP, describe: "Start the run over" },
    dryRun: {
      type: "boolean",
      group: RUN_GROUP,
      describe: "Check the questions and frames and show the first prompt; ask nothing",
    },
  },
  examples: [
    [
      "vsi-eval run --model Qwen/Qwen2-VL-2B-Instruct --base-url http://127.0.0.1:8000/v1 --data test.jsonl --frames-dir ./frames",
      "VSI-Bench on a server of your own",
    ],
    [
      "vsi-eval run --model tuned --base-url http://127.0.0.1:8000/v1 --data ./vsi-bench --mode think --prompts training",
      "a tuned model on a dataset with frames",
    ],
  ],
});

function checkBaseUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  // Not repeated in the message: it may hold a password.
  if (url !== null && (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "")) {
    throw new UsageError(
      "got an address with a user, password or query, expected one without, such as http://127.0.0.1:8000/v1. A key belongs in the environment (--api-key-env).",
    );
  }
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    const got = value.includes("@") ? "no address" : value;
    throw new UsageError(`got ${got}, expected an address such as http://127.0.0.1:8000/v1.`);
  }
  // Without a version before it, /models may be where the server is: https://HOST.services.ai.azure.com/models.
  const route = /(?:\/(?:chat\/)?completions|(?<=\/v\d\w*)\/(?:models|responses))(?=\/*$)/.exec(value)?.[0];
  if (route !== undefined) {
    const base = value.slice(0, value.lastIndexOf(route));
    throw new UsageError(`got ${value}, expected the address without ${route}: ${base}.`);
  }
  return value;
}

export const SCORE = defineCommand({
  about: "Score a model's answers, by the benchmark's metric and by a robust reader",
  arguments: {
    predictions: {
      describe:
        'A run\'s folder, answers in JSONL ({"id": 17, "prediction": "2.5 m"}) or a JSON list, a log of lmms-eval\'s samples, or a .tsv of VLMEvalKit',
    },
  },
  flags: {
    data: { type: "path", value: "PATH", required: true, describe: `What was asked: ${DATA}` },
    ...SPLIT,
    ...SUBSET,
    reader: {
      type: "list",
      choices: READER_NAMES,
      value: "NAME,NAME",
      defaultText: "the benchmark's own, and robust",
      describe: "Whose rules read the answers; several are shown side by side",
      insteadOf: "--prompts is how a model was asked, not how it is read",
    },
    strict: {
      type: "boolean",
      describe: "Refuse answers to questions that were not asked, instead of noting them",
      insteadOf: "--subset and --split choose the questions; this is about answers beyond them",
    },
    settings: {
      type: "path",
      value: "PATH",
      defaultText: "settings.json beside the predictions, if there is one",
      describe: "The run's folder or its settings.json, to keep with the scores",
    },
    csv: { type: "path", value: "FILE", describe: "Also write the table as CSV" },
    perQuestion: {
      type: "path",
      value: "FILE",
      describe: "Also write, as JSONL, what was read in each answer, why, and its score",
    },
    html: { type: "path", value: "FILE", describe: "Also write a self-contained HTML report with plots" },
    overwrite: {
      type: "boolean",
      needs: ["csv", "perQuestion", "html"],
      describe: "Replace these files, whoever wrote them; without it only an earlier HTML report is replaced",
    },
  },
  examples: [
    ["vsi-eval score answers.jsonl --data ./vsi-100k", "the table"],
    ["vsi-eval score samples.jsonl --data test.jsonl --reader lmms-eval,vsi-bench", "lmms-eval's log, read as it does"],
    ["vsi-eval score answers.jsonl --data test.jsonl --json > a.json", "what vsi-eval compare reads"],
  ],
});

const { apiKeyEnv, framesDir, concurrency, timeout, retries } = RUN.flags;
const { needs: _, ...framesSeed } = RUN.flags.framesSeed;

export const LOOKS = defineCommand({
  about: "Tell whether a model looks: its run beside the same without frames, in another order, of another room",
  arguments: {
    run: { describe: "The folder of a finished run of vsi-eval run" },
    others: {
      many: true,
      optional: true,
      describe: "Finished runs of the same model with other frames, to compare; by default they are made beside RUN",
    },
  },
  flags: {
    baseUrl: {
      type: "text",
      group: SERVER,
      value: "URL",
      defaultText: "that of the run",
      parse: checkBaseUrl,
      takes: "the address of an OpenAI-compatible server, such as http://localhost:8000/v1",
      describe: "OpenAI-compatible server, up to and including /v1",
    },
    apiKeyEnv,
    framesDir,
    framesSeed,
    concurrency,
    timeout,
    retries,
    html: { type: "path", value: "FILE", describe: "Also write a self-contained HTML report with a plot" },
    overwrite: { type: "boolean", needs: "html", describe: "Replace the HTML file, whoever wrote it" },
  },
  examples: [
    ["vsi-eval looks runs/eval-tuned", "the three runs beside it, and what the frames bring"],
    ["vsi-eval looks runs/eval-tuned --html looks.html", "again, with a page: what is answered is not asked again"],
  ],
});

export const COMPARE = defineCommand({
  about: "Say what changed from one run to another, task by task, or show many side by side",
  arguments: {
    a: { describe: "The first run: its folder, or what vsi-eval score --json printed for it" },
    b: { describe: "The second run: its folder, or what vsi-eval score --json printed for it" },
    others: { many: true, optional: true, describe: "Further runs: all are then shown beside the first" },
  },
  flags: {
    markdown: {
      type: "boolean",
      describe: "Print Markdown rows for a paper instead, one per run, with the tasks as columns",
      insteadOf: "--json is for programs; this is a table to paste",
    },
    html: { type: "path", value: "FILE", describe: "Also write a self-contained HTML report with a plot" },
    overwrite: { type: "boolean", needs: "html", describe: "Replace the HTML file, whoever wrote it" },
  },
  examples: [
    ["vsi-eval compare before.json after.json", "what changed, and whether it may be chance"],
    ["vsi-eval compare runs/a runs/b runs/c --markdown", "three runs as rows for a paper"],
  ],
});

export const MEAN = defineCommand({
  about: "The mean of several runs of the same questions, such as of seeds, with its interval",
  arguments: {
    a: { describe: "The first run: its folder, or what vsi-eval score --json printed for it" },
    others: { many: true, describe: "Further runs of the same questions" },
  },
  flags: {},
  examples: [["vsi-eval mean 0.json 1.json 2.json --json > mean.json", "three seeds as one run for vsi-eval compare"]],
});

const { mode, prompts, frames, maxTokens } = RUN.flags;

export const EXPORT_TASK = defineCommand({
  about: "Write a dataset as a task of lmms-eval and a table of VLMEvalKit",
  arguments: { data: { describe: `What is to be asked: ${DATA}` } },
  flags: {
    out: { type: "path", value: "TASK", required: true, describe: "Folder to write, outside the dataset folder" },
    name: {
      type: "text",
      value: "NAME",
      defaultText: "the folder's name",
      describe: "What the task is called",
      insteadOf: "--out is a path, and a path may not be a name",
    },
    ...SPLIT,
    ...SUBSET,
    limit: { type: "whole", from: 1, describe: "Only the first N questions" },
    framesDir,
    mode,
    prompts,
    frames,
    maxTokens,
    overwrite: { type: "boolean", describe: "Replace a task written earlier" },
  },
  examples: [
    ["vsi-eval export-task ./vsi-bench --out my_rooms", "my_rooms.yaml for lmms-eval, my_rooms.tsv for VLMEvalKit"],
  ],
});
