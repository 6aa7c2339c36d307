import evaluation from "@vsi/question-templates/prompts/evaluation.json" with { type: "json" };
import training from "@vsi/question-templates/prompts/training.json" with { type: "json" };
import type { EvalQuestion } from "../benchmark.ts";
import type { BenchmarkSplit } from "../benchmarkFile.ts";

/** What decides the answers of a run; two runs with the same settings can be compared. */
export interface AnswerSettings {
  /** The model's name as the server knows it. */
  model: string;
  /** Up to and with /v1, without user, password or query: "http://127.0.0.1:8000/v1". */
  baseUrl: string;
  mode: AnswerMode;
  prompts: PromptSet;
  /**
   * Frames of a scene shown at most, taken evenly from the first to the last. A question that lists its own frames is
   * shown those.
   */
  frames: number;
  /** Width times height of a frame at most; larger ones are shrunk before they are sent. */
  maxPixels: number;
  /** Tokens of an answer at most. */
  maxTokens: number;
  /**
   * 0: always the likeliest token. Above 0 answers are drawn, and differ from run to run unless the server honours a
   * seed.
   */
  temperature: number;
  /** Sent with every question when it is not null; a server may ignore it. */
  seed: number | null;
}

/** How a run goes about it; none of these changes an answer. */
export interface RunOptions extends AnswerSettings {
  /** The benchmark's JSONL file, or a dataset folder. */
  data: string;
  /** The split of a dataset folder; null: test, or validation where there is no test. */
  split: BenchmarkSplit | null;
  /** Where frames are looked for first; null: in the dataset folder only. */
  framesFolder: string | null;
  /** The folder for answers, settings and predictions. */
  out: string;
  /** How many questions to ask, from the first on; null: all. */
  limit: number | null;
  /** Questions asked at the same time. */
  concurrency: number;
  /** Seconds until an attempt is given up. */
  timeout: number;
  /** Attempts after the first, for what may pass: a busy server, a cut connection. */
  retries: number;
  resume: boolean;
  overwrite: boolean;
  /** Go on although the server seems not to show the images to the model. */
  allowDroppedImages: boolean;
}

/** The defaults of `vsi-eval run`; the flags without a default are the caller's to give. */
export const DEFAULT_RUN_OPTIONS = {
  mode: "vanilla",
  prompts: "evaluation",
  frames: 16,
  /** 128 patches of 28 x 28: 128 tokens a frame for Qwen2-VL, so that 32 frames fit a context of 8,192. */
  maxPixels: 128 * 28 * 28,
  /** Room for some 700 words of thinking; short answers end by themselves. */
  maxTokens: 1024,
  temperature: 0,
  seed: null,
  split: null,
  framesFolder: null,
  limit: null,
  concurrency: 8,
  timeout: 300,
  retries: 5,
  resume: false,
  overwrite: false,
  allowDroppedImages: false,
} as const satisfies Partial<RunOptions>;

/** How a model is asked to answer: at once, after thinking, or after describing what it sees (arXiv 2504.00883). */
export const ANSWER_MODES = ["vanilla", "think", "observe"] as const;

/** One of ANSWER_MODES. */
export type AnswerMode = (typeof ANSWER_MODES)[number];

/** Whose wording asks for the answer: the paper's at evaluation, or the one its training used. */
export const PROMPT_SETS = ["evaluation", "training"] as const;

/** One of PROMPT_SETS. */
export type PromptSet = (typeof PROMPT_SETS)[number];

/**
 * The text that follows the frames: the opening, the question, its lettered options if it has some, and what the mode
 * asks for, a line each (VSI-Bench's own layout, arXiv 2412.14171). The sentences are those of
 * question-templates/prompts; the training set has one for both kinds of question.
 */
export function promptText(
  { question, options }: Pick<EvalQuestion, "question" | "options">,
  mode: AnswerMode,
  prompts: PromptSet,
): string {
  const { opening, options_heading } = prompts === "evaluation" ? evaluation : training;
  const choices = options === null ? [] : [options_heading, ...options];
  const instruction = prompts === "training" ? training[mode] : evaluation[options === null ? "open" : "choice"][mode];
  return [opening, question, ...choices, instruction].join("\n");
}
